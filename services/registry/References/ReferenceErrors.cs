using Platform.Hosting.Errors;

namespace Platform.Registry.References;

internal static class ReferenceErrors
{
    public static Error Invalid(string detail) => new(StatusCodes.Status422UnprocessableEntity, "registry.reference_invalid", detail);
}

/// <summary>A reference dataset that cannot be used, with the reason for whoever uploaded it.</summary>
internal sealed class ReferenceException(string reason, Exception? inner = null) : Exception(reason, inner);
