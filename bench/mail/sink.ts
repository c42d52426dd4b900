/**
 * A mail server that takes everything and keeps nothing. Run as a host on the simulated internet with an address, the
 * number of messages to wait for, and a file to make once it listens; says when the last of them came, in seconds
 * since 1970, and ends.
 */
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";

const [address = "", wanted = "", marker = ""] = process.argv.slice(2);
let taken = 0;

const server = createServer((socket) => {
  let buffer = "";
  let inMessage = false;
  socket.on("error", () => {});
  socket.setEncoding("latin1").write("220 sink.test ESMTP\r\n");
  socket.on("data", (text) => {
    buffer += text;
    for (;;) {
      if (inMessage) {
        const end = buffer.startsWith(".\r\n") ? -2 : buffer.indexOf("\r\n.\r\n");
        if (end === -1) return;
        buffer = buffer.slice(end + 5);
        inMessage = false;
        socket.write("250 2.0.0 taken\r\n");
        taken += 1;
        if (taken === Number(wanted)) {
          console.log(JSON.stringify({ ended: Date.now() / 1000 }));
          process.exit(0);
        }
        continue;
      }
      const line = /^(.*)\r\n/.exec(buffer);
      if (!line) return;
      buffer = buffer.slice(line[0].length);
      const verb = line[1]?.slice(0, 4).toUpperCase();
      inMessage = verb === "DATA";
      if (verb === "EHLO") socket.write("250-sink.test\r\n250-PIPELINING\r\n250 8BITMIME\r\n");
      else if (verb === "QUIT") socket.end("221 2.0.0 bye\r\n");
      else socket.write(inMessage ? "354 go on\r\n" : "250 2.0.0 ok\r\n");
    }
  });
});
server.listen(25, address, () => writeFileSync(marker, ""));
