//! The fields of messages and answers, between JavaScript's values and ours.

use domain::portal::message::Piece;
use js_sys::{Array, Object, Reflect};
use std::collections::BTreeMap;
use wasm_bindgen::{JsCast, JsValue};

/// A field of an object; of anything else there is none.
pub fn field(of: &JsValue, name: &str) -> Piece {
    Reflect::get(of, &JsValue::from_str(name)).map_or(Piece::Nothing, |value| read(&value))
}

fn read(value: &JsValue) -> Piece {
    if value.is_null() || value.is_undefined() {
        return Piece::Nothing;
    }
    if let Some(text) = value.as_string() {
        return Piece::Text(text);
    }
    if let Some(number) = value.as_f64() {
        return Piece::Number(number);
    }
    if let Some(truth) = value.as_bool() {
        return Piece::Truth(truth);
    }
    if let Some(list) = value.dyn_ref::<Array>() {
        return texts(list).map_or(Piece::Other, Piece::List);
    }
    let Some(object) = value.dyn_ref::<Object>() else { return Piece::Other };
    let (names, values) = (Object::keys(object), Object::values(object));
    let Some((names, values)) = texts(&names).zip(texts(&values)) else { return Piece::Other };
    // One by one: collecting them would bring a sorting algorithm along.
    let mut texts = BTreeMap::new();
    for (name, value) in names.into_iter().zip(values) {
        texts.insert(name, value);
    }
    Piece::Texts(texts)
}

fn texts(list: &Array) -> Option<Vec<String>> {
    (0..list.length()).map(|at| list.get(at).as_string()).collect()
}

/// An object of these fields, as a message carries it.
pub fn object(write: impl FnOnce(&mut dyn FnMut(&'static str, Piece))) -> JsValue {
    let object = Object::new();
    write(&mut |name, piece| {
        let value = match piece {
            Piece::Text(text) => JsValue::from_str(&text),
            Piece::Number(number) => JsValue::from_f64(number),
            Piece::Truth(truth) => JsValue::from_bool(truth),
            Piece::List(list) => list.iter().map(|text| JsValue::from_str(text)).collect::<Array>().into(),
            Piece::Nothing | Piece::Texts(_) | Piece::Other => JsValue::NULL,
        };
        let _ = Reflect::set(&object, &JsValue::from_str(name), &value);
    });
    object.into()
}
