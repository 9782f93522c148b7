//! What the columns of a file are, as the command line says or their names do.

use anyhow::{Context as _, bail};
use calliyo_app::server::leads_csv::{Table, decode};
use calliyo_domain::{
    import::{Column, Mapping, Reading, is_encoding},
    quoted::quoted,
};

use super::LeadsArgs;

/// How a file is to be read.
pub struct Columns {
    pub reading: Reading,
    pub mapping: Mapping,
    /// What nothing is read from.
    pub passed_over: Vec<String>,
    /// What is said of columns that fit as well as those that were taken.
    pub also_fit: Vec<String>,
}

/// What `args` say of a file.
pub fn of(args: &LeadsArgs, content: &[u8]) -> anyhow::Result<Columns> {
    let encoding = args.encoding.clone().unwrap_or_default();
    if !encoding.is_empty() && !is_encoding(&encoding) {
        let known: Vec<_> = calliyo_domain::import::ENCODINGS.iter().map(|(key, _)| *key).collect();
        bail!("--encoding: there is no {}; there are {}", quoted(&encoding), known.join(", "));
    }
    let reading =
        Reading { header_line: args.header_line, encoding, commas_in_tags: args.commas_in_tags, ..Reading::default() };
    let text = decode(content, &reading)?;
    let table = Table::open(&text, reading.header_line)?;
    let mapping = if args.map.is_empty() { table.mapping()? } else { chosen(&table, &args.map)? };
    let names = || table.names.iter().map(String::as_str);
    let passed_over = names().enumerate().filter(|(at, name)| mapping.at(*at).is_none() && !name.is_empty());
    let passed_over = passed_over.map(|(_, name)| name.to_owned()).collect();
    let also_fit = mapping.also_fit(names()).into_iter().map(|(at, column)| {
        let taken = mapping.place(column).map(|place| quoted(&table.names[place])).unwrap_or_default();
        let (name, field) = (&table.names[at], column.name());
        format!("{} fits {field} as well as {taken}: --map {field}={name} takes it", quoted(name))
    });
    Ok(Columns { passed_over, also_fit: also_fit.collect(), mapping, reading })
}

/// What names say, but for what `pairs` such as `Phone=phone1` say.
fn chosen(table: &Table<'_>, pairs: &[String]) -> anyhow::Result<Mapping> {
    let mut mapping = table.guess();
    let mut given: Vec<(Column, usize)> = Vec::new();
    for pair in pairs {
        let (field, name) = pair.split_once('=').with_context(|| format!("--map {pair}: write it as Phone=phone1"))?;
        let fields = || Column::ALL.map(Column::name).join(", ");
        let column = Column::meant(field)
            .with_context(|| format!("--map: there is no field {}; there are {}", quoted(field), fields()))?;
        let same = |known: &&String| known.trim() == name.trim();
        let alike = |known: &&String| known.trim().to_lowercase() == name.trim().to_lowercase();
        let mut found = table.names.iter().position(|known| same(&known));
        found = found.or_else(|| table.names.iter().position(|known| alike(&known)));
        let place = found.with_context(|| {
            let names: Vec<_> = table.names.iter().map(|name| quoted(name)).collect();
            format!("--map: the file has no column {}; it has {}", quoted(name), names.join(", "))
        })?;
        if let Some((_, before)) = given.iter().find(|(known, _)| *known == column) {
            let (first, second) = (quoted(&table.names[*before]), quoted(&table.names[place]));
            bail!("--map: {} is given twice, as {first} and as {second}; give it once", column.name());
        }
        if let Some((other, _)) = given.iter().find(|(_, known)| *known == place) {
            bail!(
                "--map: {} is given as {} and as {}; give it once",
                quoted(&table.names[place]),
                other.name(),
                column.name()
            );
        }
        given.push((column, place));
        mapping = mapping.with(column, place);
    }
    mapping.check().map_err(|invalid| anyhow::anyhow!("{invalid}"))?;
    Ok(mapping)
}
