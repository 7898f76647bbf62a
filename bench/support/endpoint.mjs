import { createServer } from 'node:http';

// Started by endpoint-process.ts. Answers true where the number at the end of the prompt is even.
const latencyMs = Number(process.argv[2]);
let answered = 0;

const server = createServer((request, response) => {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    const { model, messages } = JSON.parse(Buffer.concat(parts).toString('utf8'));
    const number = Number(/(\d+)\s*$/.exec(messages.at(-1).content)?.[1]);
    setTimeout(() => send(response, model, String(number % 2 === 0)), latencyMs);
  });
});

function send(response, model, content) {
  const choice = { index: 0, finish_reason: 'stop', message: { role: 'assistant', content }, logprobs: null };
  const usage = { prompt_tokens: 100, completion_tokens: 1 };
  const body = JSON.stringify({
    id: 'x',
    object: 'chat.completion',
    created: 0,
    model,
    choices: [choice],
    usage,
  });
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
  answered += 1;
}

process.on('message', () => process.send(answered));
process.on('disconnect', () => process.exit(0));
server.listen(0, '127.0.0.1', () => process.send(server.address().port));
