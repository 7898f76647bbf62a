import { Tokenizer } from '@huggingface/tokenizers';

export const UNKNOWN_TOKEN = '[UNK]';

/** Cuts a text into row numbers of the vocabulary; what the vocabulary does not know is left out. */
export type WordPieces = (text: string) => readonly number[];

/** WordPiece as BERT's uncased models do it: lower case, no accents, punctuation apart, longest match first. */
export function wordPieces(vocabulary: readonly string[]): WordPieces {
  const vocab = Object.fromEntries(vocabulary.map((token, row) => [token, row]));
  const tokenizer = new Tokenizer(
    {
      version: '1.0',
      added_tokens: [],
      normalizer: {
        type: 'BertNormalizer',
        clean_text: true,
        handle_chinese_chars: true,
        strip_accents: null,
        lowercase: true,
      },
      pre_tokenizer: { type: 'BertPreTokenizer' },
      post_processor: null,
      decoder: null,
      model: {
        type: 'WordPiece',
        unk_token: UNKNOWN_TOKEN,
        continuing_subword_prefix: '##',
        max_input_chars_per_word: 100,
        vocab,
      },
    },
    {},
  );
  const unknown = vocabulary.indexOf(UNKNOWN_TOKEN);
  return (text) => {
    const rows: readonly number[] = tokenizer.encode(text, { add_special_tokens: false }).ids;
    return rows.filter((row) => row !== unknown);
  };
}
