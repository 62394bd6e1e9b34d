using Platform.Hosting.Errors;

namespace Platform.Monitor.Exports;

internal static class ExportErrors
{
    public static Error UnknownPage => Problems.Invalid(new Dictionary<string, string[]>
    {
        ["after"] = ["Must be the x-next of an earlier page; what followed that one is no longer known otherwise."],
    });
}
