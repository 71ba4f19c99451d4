"""Other apps by their packages, accounts and folders, and where they keep who is logged in."""

from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.schema import Rule

PRIVATE = kept_regex(
    r"(?:/data/(?:data|user(?:_de)?/\d+)|Android/(?:data|media|obb))/([\w.]+)(/.*)?$"
)
SHARED = kept_regex(r"^(?:/mnt)?/(?:sdcard|storage/emulated/0)/")


class OtherApp(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One app, or one maker's apps, named by ``says``.

    ``packages``       package names.
    ``account_types``  types under which the system lists its accounts.
    ``folders``        folders in shared storage.
    ``login_folders``  folders in which each account has a folder of its own.
    ``account_files``  files that tell who is logged in, below the app's folder or as whole paths.
    ``probe``          its folder is looked for to see whether the device was opened, no more.
    ``account_keys``   keys and words by which login ids stand in files and logs.
    """

    packages: tuple[str, ...] = ()
    account_types: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    login_folders: tuple[str, ...] = ()
    account_files: tuple[str, ...] = ()
    account_keys: tuple[str, ...] = ()
    probe: bool = False

    def recognises(self, text: str) -> bool:
        """Whether ``text`` is an account type, a key, or a path in one of the app's folders."""
        if text in self.account_types or text in self.account_keys or text in self.account_files:
            return True
        match = PRIVATE.search(text)
        if match is not None:
            return match[1] in self.packages
        return self.is_folder(SHARED.sub("", text))

    def is_folder(self, rest: str) -> bool:
        """Whether a path, spelled from shared storage on, lies in one of its folders there."""
        return _begins(self.folders, rest)

    def tells_accounts(self, rest: str) -> bool:
        """Whether the rest of a path, behind its app's folder or shared storage, names a file or
        folder that tells who is logged in.
        """
        return _begins((*self.account_files, *self.login_folders), rest)


def _begins(parts: tuple[str, ...], path: str) -> bool:
    spelled = f"{path.lower().strip('/')}/"
    return any(spelled.startswith(f"{part.lower().strip('/')}/") for part in parts)


ENTRY = OtherApp
