using Platform.Hosting.Errors;

namespace Platform.Registry.Approvals;

internal static class ApprovalErrors
{
    public static Error Own(string version, string actor) => new(StatusCodes.Status409Conflict, "registry.approval_own",
        $"'{actor}' uploaded version {version}, and somebody else must approve it.");
}
