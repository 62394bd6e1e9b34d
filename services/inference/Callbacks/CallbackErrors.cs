using Platform.Hosting.Errors;

namespace Platform.Inference.Callbacks;

internal static class CallbackErrors
{
    public static Error Refused(string reason) => new(StatusCodes.Status400BadRequest, "inference.callback_refused",
        $"The callback cannot be called: {reason}");
}
