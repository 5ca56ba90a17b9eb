//! An answer that is told line by line: read as bytes, so that no character is cut in two.

use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStreamDefaultReader, Response};

/// What reads an answer piece by piece; `None` where it has no body.
pub fn reader(response: &Response) -> Option<ReadableStreamDefaultReader> {
    Some(response.body()?.get_reader().unchecked_into())
}

/// The next piece; `None` at the end.
pub async fn next_chunk(reader: &ReadableStreamDefaultReader) -> Result<Option<Vec<u8>>, JsValue> {
    let result = JsFuture::from(reader.read()).await?;
    if Reflect::get(&result, &JsValue::from_str("done"))?.is_truthy() {
        return Ok(None);
    }
    let value = Reflect::get(&result, &JsValue::from_str("value"))?;
    Ok(Some(Uint8Array::new(&value).to_vec()))
}

/// Bytes in, whole lines out.
#[derive(Default)]
pub struct Lines {
    rest: Vec<u8>,
}

impl Lines {
    pub fn push(&mut self, chunk: &[u8]) -> Vec<Vec<u8>> {
        let mut lines = Vec::new();
        for byte in chunk {
            if *byte == b'\n' {
                lines.push(std::mem::take(&mut self.rest));
            } else {
                self.rest.push(*byte);
            }
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_cut_anywhere_is_whole_again() {
        let text = "{\"a\":\"é\"}\n{\"b\":2}\nrest".as_bytes();
        for cut in 0..text.len() {
            let mut lines = Lines::default();
            let mut got = lines.push(&text[..cut]);
            got.extend(lines.push(&text[cut..]));
            assert_eq!(got, [b"{\"a\":\"\xc3\xa9\"}".to_vec(), b"{\"b\":2}".to_vec()]);
        }
    }
}
