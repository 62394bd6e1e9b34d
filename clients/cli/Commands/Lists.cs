using System.CommandLine;
using System.Text.Json.Nodes;
using Platform.Cli.Output;
using Platform.Client;

namespace Platform.Cli.Commands;

/// <summary>Lists of the API as tables, or as they are.</summary>
internal static class Lists
{
    /// <summary>Every item of a list, page by page.</summary>
    public static async Task<List<JsonObject>> ReadAsync(PlatformClient client, string path, CancellationToken cancellationToken)
    {
        var items = new List<JsonObject>();
        string? after = null;
        do
        {
            var page = await client.Http.GetAsync($"{path}?limit=500" + (after is null ? "" : $"&after={Uri.EscapeDataString(after)}"), cancellationToken);
            items.AddRange(page["items"]!.AsArray().Select(item => item!.DeepClone().AsObject()));
            after = (string?)page["next"];
        }
        while (after is not null);
        return items;
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
