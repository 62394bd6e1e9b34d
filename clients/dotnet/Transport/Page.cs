using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;

namespace Platform.Client.Transport;

/// <summary>A part of a list.</summary>
/// <param name="Items">What it holds.</param>
/// <param name="Next">Where the next one begins; null after the last.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

internal static class Pages
{
    private const int Size = 500;

    /// <summary>Every item of a list, whose pages are asked for as they are needed.</summary>
    public static async IAsyncEnumerable<T> ListAsync<T>(this HttpTransport transport, string operation, string path, JsonTypeInfo<Page<T>> type,
        string? after = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        do
        {
            var at = $"{path}{separator}limit={Size}" + (after is null ? "" : $"&after={Uri.EscapeDataString(after)}");
            var page = await transport.ReadAsync(ApiRequest.Get(operation, at), type, cancellationToken);
            foreach (var item in page.Items) yield return item;
            after = page.Next;
        }
        while (after is not null);
    }
}
