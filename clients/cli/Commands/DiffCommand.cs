using System.CommandLine;
using System.Text.Json.Nodes;
using Platform.Cli.Output;

namespace Platform.Cli.Commands;

/// <summary>What differs between two versions: signature, metadata, reference, file.</summary>
internal static class DiffCommand
{
    private static readonly string[] Passed = ["version", "createdAt", "createdBy", "aliases"];

    public static Command Create(CommandContext context)
    {
        var model = new Argument<string>("model") { Description = "The model's name." };
        var (one, other) = (new Argument<string>("one") { Description = "A version's number or alias." }, new Argument<string>("other") { Description = "Another." });
        return context.Command("diff", "Shows what differs between two versions.\n\n  platform diff credit champion 2", [model, one, other], async (client, parsed, cancellationToken) =>
        {
            var path = $"/v1/models/{Uri.EscapeDataString(parsed.GetRequiredValue(model))}/versions/";
            var (left, right) = (await client.Http.GetAsync(path + Uri.EscapeDataString(parsed.GetRequiredValue(one)), cancellationToken),
                await client.Http.GetAsync(path + Uri.EscapeDataString(parsed.GetRequiredValue(other)), cancellationToken));
            var differences = Differences("", left, right).Where(each => !Passed.Contains(each.Path)).ToList();
            if (context.WantsJson(parsed))
                context.Terminal.Json(new JsonArray([.. differences.Select(each => new JsonObject { ["path"] = each.Path, ["one"] = each.One?.DeepClone(), ["other"] = each.Other?.DeepClone() })]));
            else Write(context, differences, $"{left["version"]}", $"{right["version"]}");
        });
    }

    /// <summary>Members that differ, by their path; an array is one value.</summary>
    internal static IEnumerable<(string Path, JsonNode? One, JsonNode? Other)> Differences(string path, JsonNode? one, JsonNode? other)
    {
        if (one is not JsonObject left || other is not JsonObject right)
            return JsonNode.DeepEquals(one, other) ? [] : [(path, one, other)];
        return left.Select(member => member.Key).Union(right.Select(member => member.Key))
            .SelectMany(name => Differences(path.Length == 0 ? name : $"{path}.{name}", left[name], right[name]));
    }

    private static void Write(CommandContext context, IReadOnlyList<(string Path, JsonNode? One, JsonNode? Other)> differences, string one, string other)
    {
        var table = new Table("what", one, other);
        foreach (var (path, left, right) in differences) table.Add(path, Table.Cell(left), Table.Cell(right));
        table.Write(context.Terminal.Output);
    }
}
