//! Reading without a second opinion: base64url in its one form, JSON whose objects name nothing twice.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::fmt;

/// No padding, no other alphabet, no bits left over: there is one text for each sequence of bytes.
pub fn base64url(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// An object, and nothing after it. Of a name that is there twice, two readers would take two values.
pub fn object(bytes: &[u8]) -> Option<Map<String, Value>> {
    match serde_json::from_slice::<Strict>(bytes).ok()?.0 {
        Value::Object(map) => Some(map),
        _ => None,
    }
}

struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader).map(Self)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON that names nothing twice")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("not a number"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(Strict(item)) = sequence.next_element()? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut pairs: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some((name, Strict(value))) = pairs.next_entry::<String, Strict>()? {
            if map.insert(name, value).is_some() {
                return Err(A::Error::custom("a name is there twice"));
            }
        }
        Ok(Value::Object(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64url_has_one_form() {
        for (text, read) in [
            ("", Some(&b""[..])),
            ("AA", Some(&[0])),
            ("_-8", Some(&[0xff, 0xef])),
            ("AA==", None),
            ("AB", None),
            ("/+8", None),
            ("A", None),
            ("AA\n", None),
            (" AA", None),
        ] {
            assert_eq!(base64url(text).as_deref(), read, "{text:?}");
        }
    }

    #[test]
    fn an_object_names_nothing_twice() {
        for (text, well) in [
            (r#"{"a":1,"b":[{"c":null,"d":true}]}"#, true),
            (r#" {"a":{"x":1},"b":{"x":2}} "#, true),
            (r#"{"a":1,"a":1}"#, false),
            (r#"{"a":1,"\u0061":2}"#, false),
            (r#"{"a":[{"c":1,"c":2}]}"#, false),
            (r#"{"a":1}{"b":2}"#, false),
            (r#"{"a":1} x"#, false),
            ("[]", false),
            ("", false),
            ("{\"a\":\"\u{1}\"}", false),
        ] {
            assert_eq!(object(text.as_bytes()).is_some(), well, "{text}");
        }
        assert_eq!(object(b"{\"a\":\"\xff\"}"), None, "not UTF-8");
        assert_eq!(object(&[b"{\"a\":".repeat(5000), b"1".to_vec(), b"}".repeat(5000)].concat()), None, "deep");
    }
}
