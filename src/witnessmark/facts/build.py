"""From an app to its tables."""

from __future__ import annotations

from collections.abc import Callable

from witnessmark.facts.coverage import coverage_table
from witnessmark.facts.from_dex import code_facts, type_rows
from witnessmark.facts.from_elf import native_facts
from witnessmark.facts.from_listing import assembled_code, text_span_table
from witnessmark.facts.from_manifest import manifest_facts
from witnessmark.facts.from_package import anomaly_table, gap_table, package_facts
from witnessmark.facts.from_resources import read_tables, resource_facts
from witnessmark.facts.from_scripts import script_facts
from witnessmark.facts.from_signing import signing_facts
from witnessmark.facts.from_sqlite import database_facts
from witnessmark.facts.from_web import web_facts
from witnessmark.facts.from_xml import xml_facts
from witnessmark.facts.tables.artifacts import ANOMALIES, COVERAGE, READING_GAPS, TEXT_SPANS
from witnessmark.facts.tables.databases import SHIPPED_TABLES
from witnessmark.facts.values import Values
from witnessmark.facts.view import Facts
from witnessmark.formats.arsc import join
from witnessmark.package.app import App

Progress = Callable[[str], None]


def build_facts(app: App, progress: Progress | None = None) -> Facts:
    """All tables that the inputs can fill; the same app gives the same tables.

    ``progress`` is told what is read next. What cannot be read is in `Facts.gaps`, what is odd
    in the table of anomalies; neither raises.
    """
    tell = progress or (lambda _: None)
    tell("code")
    assembled = assembled_code(app)
    code = code_facts(app, assembled)
    tell("resources")
    resources = read_tables(app)
    values = Values(join(tuple(resources.by_artifact.values())))
    tables = {
        **package_facts(app, assembled.artifacts),
        **resource_facts(resources, values),
        **code.tables,
    }
    tables[TEXT_SPANS.name] = text_span_table(assembled)
    tell("manifest and screens")
    xml = xml_facts(app, resources, values)
    tables |= xml.tables
    tables |= manifest_facts(
        app, xml, values, type_rows(code.tables, code.read_blob), assembled.renamed
    )
    tell("native code")
    native = native_facts(app)
    tables |= native.tables
    pages, page_gaps = web_facts(app)
    tables |= pages
    tell("scripts")
    scripts = script_facts(app)
    tables |= scripts.tables()
    databases = database_facts(app)
    tables[SHIPPED_TABLES.name] = databases.table
    tell("signatures")
    tables |= signing_facts(app)
    tables[ANOMALIES.name] = anomaly_table(
        (*app.oddities, *code.find_oddities(), *resources.oddities, *xml.oddities, *native.oddities)
    )
    tables[READING_GAPS.name] = gap_table((
        *app.gaps, *assembled.gaps, *code.gaps, *resources.gaps, *xml.gaps, *native.gaps,
        *databases.gaps, *page_gaps, *scripts.gaps,
    ))  # fmt: skip
    tables[COVERAGE.name] = coverage_table(app, tables, xml, code.methods, assembled, scripts)
    return Facts(tables, code.read_blob)
