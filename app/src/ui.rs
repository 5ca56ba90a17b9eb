//! Generic widgets: they know no word of the product's domain.
