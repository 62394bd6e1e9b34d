using System.CommandLine;
using System.Text.Json.Nodes;
using Platform.Cli.Output;

namespace Platform.Cli.Commands;

/// <summary>Events as they happen.</summary>
internal static class WatchCommand
{
    public static Command Create(CommandContext context)
    {
        var model = new Option<string?>("--model") { Description = "Only what is about this model." };
        var after = new Option<long?>("--after") { Description = "From behind this event on; from now on when absent." };
        var count = new Option<int?>("--count") { Description = "Ends after so many; Ctrl-C ends it otherwise." };
        return context.Command("watch", "Shows events as they happen: versions, promotions, alerts. With --json a line for each.\n\n  platform watch --model credit",
            [model, after, count], async (client, parsed, cancellationToken) =>
        {
            var left = parsed.GetValue(count) ?? int.MaxValue;
            if (left <= 0) return;
            await foreach (var happened in client.Events.FollowAsync(parsed.GetValue(after), cancellationToken))
            {
                if (parsed.GetValue(model) is { } wanted && happened.Model != wanted) continue;
                if (context.WantsJson(parsed))
                {
                    context.Terminal.JsonLine(new JsonObject
                    {
                        ["sequence"] = happened.Sequence, ["type"] = happened.Type, ["model"] = happened.Model, ["at"] = happened.At, ["data"] = happened.Data.DeepClone(),
                    });
                }
                else context.Terminal.Line($"{happened.Sequence,6}  {happened.At:yyyy-MM-dd HH:mm:ss}  {happened.Type,-36}  {happened.Model}  {Summary(happened.Data)}");
                if (--left == 0) return;
            }
        });
    }

    private static string Summary(JsonObject data) => string.Join("  ", new[] { "version", "alias", "summary", "reason", "by" }
        .Where(name => data[name] is not null).Select(name => $"{name} {Table.Cell(data[name])}"));
}
