"""Names by which programs in .NET call the platform's Java classes: the bindings of Xamarin and
.NET for Android.

Source: learn.microsoft.com/xamarin/android/platform/java-integration/working-with-jni; names of
namespaces from the reference of the bindings.
"""

from witnessmark.knowledge.schema import Rule


class Binding(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A namespace and the package of Java classes that it stands for.

    ``namespace``  it and those below it.
    ``package``    what replaces it; the rest of the name follows in small letters.
    """

    namespace: str
    package: str

    def recognises(self, text: str) -> bool:
        """Whether a name of .NET stands in this namespace."""
        return text.startswith(f"{self.namespace}.")


ENTRY = Binding
