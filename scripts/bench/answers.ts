import { connect } from "node:net";

/** Whether a port accepts a connection. @param limit milliseconds */
export function answers(host: string, port: number, limit: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (answer: boolean) => (): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(limit, end(false));
    socket.once("connect", end(true));
    socket.once("error", end(false));
  });
}
