#!/usr/bin/perl
# Prints what DMARC makes of a message (RFC 7489), as Mail::DMARC judges it.
# Usage: dmarc FROM-ADDRESS ENVELOPE-SENDER SPF-RESULT "SIGNER=DKIM-RESULT ..."
use strict;
use warnings;

package Judge {
    use parent 'Mail::DMARC::PurePerl';

    # The public suffix list's implicit rule "*": a top-level domain that it does not name, as "test" is, is a suffix.
    # Without it every domain below such a top-level domain would be aligned with every other.
    sub is_public_suffix {
        my ($self, $domain) = @_;
        return $domain !~ /\./ || $self->SUPER::is_public_suffix($domain);
    }
}

my ($from, $sender, $spf, $signatures) = @ARGV;
my ($author_domain) = $from =~ /@([^@]+)$/;
my ($sender_domain) = $sender =~ /@([^@]+)$/;
if (!$author_domain) {
    print 'permerror';
    exit;
}

# What Exim calls invalid is a signature that can't be checked, such as one whose key is missing.
my %result = (invalid => 'permerror');

my $judge = Judge->new;
$judge->header_from($author_domain);
$judge->spf($sender_domain ? [{ scope => 'mfrom', domain => $sender_domain, result => $spf }] : []);
$judge->dkim([
    map { my ($domain, $result) = split /=/; { domain => $domain, result => $result{$result} // $result } }
        split ' ', $signatures
]);
print $judge->validate->result;
