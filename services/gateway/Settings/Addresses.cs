using System.Diagnostics.CodeAnalysis;

namespace Platform.Gateway.Settings;

/// <summary>The addresses of a service's replicas, as they are written in the configuration.</summary>
internal static class Addresses
{
    private const StringSplitOptions Trimmed = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;

    /// <summary>The addresses, each once; false when there is none or one is no http address.</summary>
    public static bool TryRead(string? text, [NotNullWhen(true)] out IReadOnlyList<Uri>? addresses)
    {
        var read = (text ?? "").Split(',', Trimmed)
            .Select(part => Uri.TryCreate(part, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null)
            .Distinct().ToList();
        addresses = read.Count > 0 && !read.Contains(null) ? read.OfType<Uri>().ToList() : null;
        return addresses is not null;
    }

    /// <summary>The addresses of a configuration that was validated.</summary>
    public static IReadOnlyList<Uri> Read(string text) =>
        TryRead(text, out var addresses) ? addresses : throw new FormatException($"'{text}' is no list of addresses.");
}
