using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Platform.Cli.Output;
using Platform.Client;

namespace Platform.Cli.Commands;

/// <summary>Lists of the API as tables, or as they are.</summary>
internal static class Lists
{
    /// <summary>Every item of a list.</summary>
    public static async Task<List<JsonObject>> ReadAsync(PlatformClient client, string path, CancellationToken cancellationToken) =>
        await StreamAsync(client, path, cancellationToken).ToListAsync(cancellationToken);

    /// <summary>Every item of a list, whose pages are asked for as they are needed.</summary>
    public static async IAsyncEnumerable<JsonObject> StreamAsync(PlatformClient client, string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        path += path.Contains('?', StringComparison.Ordinal) ? "&limit=500" : "?limit=500";
        string? after = null;
        do
        {
            var page = await client.Http.GetAsync(path + (after is null ? "" : $"&after={Uri.EscapeDataString(after)}"), cancellationToken);
            foreach (var item in page["items"]!.AsArray()) yield return item!.DeepClone().AsObject();
            after = (string?)page["next"];
        }
        while (after is not null);
    }

    /// <summary>Some members of each item for people, all of them for programs.</summary>
    public static void Write(CommandContext context, ParseResult parsed, IEnumerable<JsonObject> items, params string[] members)
    {
        if (context.WantsJson(parsed))
        {
            context.Terminal.Json(new JsonArray([.. items]));
            return;
        }

        var table = new Table(members);
        foreach (var item in items) table.Add([.. members.Select(member => Table.Cell(item[member]))]);
        table.Write(context.Terminal.Output);
    }
}
