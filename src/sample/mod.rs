//! The seeded sample city: parcels, factor layers and sale samples around a known price surface, for one year and the next.
