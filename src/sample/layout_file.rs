//! The layout of print sheets and of the web map of the sample city: who made them, and the districts underneath.

use super::{City, Year};

impl City {
    /// What differs from the layout that is shipped.
    pub fn layout_file(&self, year: &Year) -> String {
        let year = year.year;
        format!(
            "# 图件与网页地图的版式:只写与内置版式不同之处(landgrade publish --show-layout)。\n\
             # The layout of sheets and of the web map, where it differs from the shipped one.\n\n\
             [words]\nmaker = \"样例市自然资源和规划局\"\ndocument = \"样自然资规〔{next}〕1号\"\n\n\
             [[underlay.files]]\nsource = \"city.gpkg\"\nlayer = \"districts\"\ndraw = \"district\"\nname = \"xzqmc\"\n",
            next = year + 1,
        )
    }
}
