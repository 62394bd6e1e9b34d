using Platform.Hosting.Errors;

namespace Platform.Registry.Packing;

internal static class PackingErrors
{
    public static Error Invalid(string reason) => new(StatusCodes.Status422UnprocessableEntity, "registry.model_invalid", reason);

    public static Error TooLarge(long maxBytes) => new(StatusCodes.Status413PayloadTooLarge, "request.too_large",
        $"The model and its data files are larger than the {maxBytes} bytes allowed together.");
}
