"""The messages of attached files, in English."""

from site_src.languages import _

ATTACHED_FILES: dict[str, str] = {
    "file_label": _("File"),
    "file_taken": _("{name}, {size}, SHA-256 {hash}"),
    "file_infected": _("{name}, {size}, set aside because it contains malware, SHA-256 {hash}"),
    "kilobytes": _("{value} KB"),
    "megabytes": _("{value} MB"),
    "file_empty": _("“{name}” is empty; please choose the file again."),
    "file_too_large": _(
        "“{name}” is too large. {limit} Please make it smaller, or send it another way."
    ),
    "file_too_large_together": _(
        "“{name}” was not attached, because the files are too large. {limit} Your text is still "
        "here. Please attach fewer or smaller files, or open this page in a browser with "
        "JavaScript, which can send larger ones."
    ),
    "file_wrong_type": _(
        "“{name}” cannot be accepted because of its content. {taken} Please save it as one of "
        "these, or take a photo of it."
    ),
    "types_photos": _("photos ({names})"),
    "types_videos": _("videos ({names})"),
    "types_recordings": _("sound recordings ({names})"),
    "types_documents": _("documents ({names})"),
    "all_photos": _("photos"),
    "all_videos": _("videos"),
    "all_recordings": _("sound recordings"),
    "types_taken": _("You can attach {types}."),
    "file_unsafe": _(
        "“{name}” cannot be accepted: something is hidden in it, such as a macro or another file. "
        "Please save it again, preferably as PDF."
    ),
    "file_too_many": _("You can attach at most {most} files; the others were left out."),
    "file_gone": _("“{name}” did not arrive or was attached too long ago; please choose it again."),
    "file_gone_unnamed": _("A file was attached too long ago; please choose it again."),
    "file_later": _(
        "“{name}” was not accepted: very many files have come from your internet connection, "
        "which you may share with others. Please choose it again later, or send your filing now "
        "without it."
    ),
    "file_case_full": _(
        "“{name}” was not accepted: a case cannot hold more files. Please send it another way."
    ),
    "file_changed": _("“{name}” did not arrive completely; please choose it again."),
    "files_waiting": _(
        "The files are kept apart until they have been scanned for malware; you are told if one "
        "contains any. To get them, run: build.py attachments {reference}"
    ),
    "files_unscanned": _(
        "The files have not been scanned for malware: open them with care. To get them, run: "
        "build.py attachments {reference}"
    ),
    "limit_one": _("One file of at most {megabytes} MB."),
    "limit_each": _("Up to {most} files of at most {megabytes} MB each."),
    "limit_together": _("Up to {most} files, {megabytes} MB together."),
    "limit_both": _("Up to {most} files of at most {each} MB each, {megabytes} MB together."),
    "upload_sending": _("Sending “{name}” …"),
    "upload_done": _("“{name}” is attached."),
    "upload_failed": _("“{name}” could not be sent. Please choose it again."),
    "upload_wait": _("Your files are still being sent. The form is sent once they have arrived."),
    "photos_large": _("Large photos: {names}, {before} in all."),
    "photos_smaller": _("Make them smaller: {before} → about {after}"),
    "photos_smaller_to_fit": _("Make them smaller, so that they fit: {before} → about {after}"),
    "photos_details": _(
        "A smaller copy stays readable, but loses details such as the place and time of the "
        "photo. If these matter as evidence, keep the original."
    ),
    "photos_as_they_are": _("Attach them as they are"),
    "photos_working": _("Looking at “{name}” …"),
}

UPLOAD = ("upload_failed", "upload_wait")
"""The messages of `upload.js`."""

ATTACH = (
    "file_empty",
    "file_too_large",
    "file_too_many",
    "file_wrong_type",
    "kilobytes",
    "list_separator",
    "megabytes",
    "photos_as_they_are",
    "photos_details",
    "photos_large",
    "photos_smaller",
    "photos_smaller_to_fit",
    "photos_working",
    "upload_done",
    "upload_failed",
    "upload_sending",
)
"""The messages of `attach.js`."""
