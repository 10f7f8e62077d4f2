//! The models of differential income: what they come to, how sure each coefficient is, and the verdict in words.

use super::handed::{number, probability};
use crate::land::Lang;
use crate::report::{Report, Subject};
use crate::review::income::{Income, OfUse};
use crate::review::income_models::Model;
use crate::say;

pub(super) fn write(report: &mut Report, subject: &Subject<'_>, found: &Income, lang: Lang) {
    let name = |of_use: &OfUse| subject.release.uses[of_use.land_use].name.clone();
    let (mut models, mut coefficients, mut verdicts) = (Vec::new(), Vec::new(), Vec::new());
    for (of_use, model) in found.uses.iter().flat_map(|of_use| of_use.models.iter().map(move |model| (of_use, model))) {
        let labels = [name(of_use), model.form().to_string()];
        models.push([labels.to_vec(), of_model(model)].concat());
        coefficients.extend(of_coefficients(model).into_iter().map(|cells| [labels.to_vec(), cells].concat()));
        verdicts.push(verdict(&labels, model, lang));
    }
    let (land_use, form) = (say!("use", "用途"), say!("model", "模型"));
    let head = [
        land_use.clone(),
        form.clone(),
        say!("samples", "样点数"),
        say!("grades", "级别数"),
        say!("A", "A"),
        say!("r, %", "r(%)"),
        say!("R² of ln Y", "R²(ln Y)"),
        say!("R² of Y", "R²(Y)"),
        say!("F", "F 值"),
        say!("degrees of freedom", "自由度"),
        say!("p", "p"),
    ];
    let title = say!("Models, X = 1 in the worst grade", "级差收益模型(最劣级 X = 1)");
    let numbers = [false, false, true, true, true, true, true, true, true, true, true];
    report.rows(&title, &head, &numbers, models, lang);
    if !coefficients.is_empty() {
        let head = [
            land_use,
            form,
            say!("coefficient", "系数"),
            say!("value", "数值"),
            say!("standard error", "标准误"),
            say!("t", "t 值"),
            say!("p, two-sided", "p(双侧)"),
        ];
        let title = say!("Coefficients of the models of ln Y", "模型系数(ln Y)");
        report.rows(&title, &head, &[false, false, false, true, true, true, true], coefficients, lang);
    }
    report.list(verdicts);
}

fn of_model(model: &Model) -> Vec<String> {
    let (samples, grades) = (model.samples.to_string(), model.grades.to_string());
    let fitted = model.fitted.as_ref().map_or_else(
        |_| vec![String::new(); 7],
        |fitted| {
            let fit = &fitted.fit;
            vec![
                number(fitted.scale(), 4),
                number(fitted.rate() * 100.0, 2),
                number(fit.r2, 4),
                number(fitted.r2_price, 4),
                number(fit.f, 3),
                format!("{}, {}", fit.freedom.0, fit.freedom.1),
                probability(fit.p),
            ]
        },
    );
    [vec![samples, grades], fitted].concat()
}

fn of_coefficients(model: &Model) -> Vec<Vec<String>> {
    let Ok(fitted) = &model.fitted else { return Vec::new() };
    let names = ["ln A", "ln(1 + r)"].into_iter().chain(model.exponents());
    let values = std::iter::once(&fitted.fit.constant).chain(&fitted.fit.slopes);
    let row = |(name, one): (&str, &crate::review::income_models::Estimate)| {
        vec![name.to_string(), number(one.value, 5), number(one.error, 5), number(one.t, 3), probability(one.p)]
    };
    names.zip(values).map(row).collect()
}

fn verdict([name, form]: &[String; 2], model: &Model, lang: Lang) -> String {
    let (crate::land::Text { en, zh }, lacking) = (model.said(), model.lacking);
    let (more_en, more_zh) = if lacking == 0 {
        (String::new(), String::new())
    } else {
        (
            format!("; samples without a positive capital or wage: {lacking}"),
            format!(";{lacking} 个样点缺少为正的资金或工资"),
        )
    };
    say!("{name}, {form}: {en}{more_en}.", "{name},{form}:{zh}{more_zh}。").in_lang(lang).to_string()
}
