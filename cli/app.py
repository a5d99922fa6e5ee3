"""Registers every command of `build.py`, in the order in which the help lists them."""

import typer

from cli.authoring import diff_command, migrate_command, new_command, revise_command
from cli.backup import backup_command, restore_command
from cli.building import build_command, serve_command
from cli.cases import (
    attachments_command,
    erase_command,
    expire_command,
    export_command,
    rekey_command,
)
from cli.checking import check_command, show_command
from cli.doctor.command import doctor_command
from cli.failures import Commands, begin
from cli.importing import import_command
from cli.publishing.beside import keys_command, poster_command
from cli.publishing.deploying import deploy_command, plan_command
from cli.receipts import verify_command
from cli.renaming import rename_command
from cli.reporting.archive import archive_command
from cli.reporting.report import report_command
from cli.reporting.statistics import statistics_command
from cli.stack.settings import settings_command
from cli.staff.commands import staff_app

app = typer.Typer(
    cls=Commands,
    callback=begin,
    help="Ombud: check, build and serve policies, and manage the cases filed under them.",
    no_args_is_help=True,
    add_completion=False,
)
app.command("check")(check_command)
app.command("build")(build_command)
app.command("serve")(serve_command)
app.command("show")(show_command)
app.command("new")(new_command)
app.command("import")(import_command)
app.command("revise")(revise_command)
app.command("rename")(rename_command)
app.command("diff")(diff_command)
app.command("migrate")(migrate_command)
app.command("plan")(plan_command)
app.command("deploy")(deploy_command)
app.command("poster")(poster_command)
app.command("keys")(keys_command)
app.command("verify")(verify_command)
app.add_typer(staff_app, name="staff")
app.command("backup")(backup_command)
app.command("restore")(restore_command)
app.command("report")(report_command)
app.command("statistics")(statistics_command)
app.command("archive")(archive_command)
app.command("settings")(settings_command)
app.command("doctor")(doctor_command)
app.command("attachments")(attachments_command)
app.command("export")(export_command)
app.command("erase")(erase_command)
app.command("expire")(expire_command)
app.command("rekey")(rekey_command)
