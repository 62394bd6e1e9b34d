using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Platform.Cli.Settings;
using Platform.Client.Monitoring;

namespace Platform.Cli.Commands;

/// <summary>What came of predictions for the business.</summary>
internal static class OutcomeCommands
{
    private const int AtOnce = 1_000;

    public static Command Create(CommandContext context) =>
        new("outcomes", "What came of predictions for the business.\n\n  platform outcomes send credit conversions.csv --name conversion") { Send(context) };

    private static Command Send(CommandContext context)
    {
        var model = new Argument<string>("model") { Description = "The model's name." };
        var file = new Argument<FileInfo?>("file") { Description = "Outcomes with predictionId, name, value and perhaps at; the standard input when absent.", Arity = ArgumentArity.ZeroOrOne };
        var format = new Option<string?>("--format") { Description = "csv, ndjson or json; by the file's name when absent, else ndjson." };
        format.AcceptOnlyFromAmong(RowFiles.Formats);
        var name = new Option<string?>("--name") { Description = "The name of outcomes that have none." };
        return context.Command("send", "Tells what came of predictions; told again it changes nothing.\n\n  platform outcomes send credit conversions.csv --name conversion\n" +
            "  echo '{\"predictionId\":\"application-4711\",\"value\":1}' | platform outcomes send credit --name conversion",
            [model, file, format, name], async (client, parsed, cancellationToken) =>
        {
            using var input = parsed.GetValue(file) is { } given ? given.OpenText() : null;
            var rows = RowFiles.Read(input ?? context.Terminal.Input, parsed.GetValue(format) ?? RowFiles.FormatOf(parsed.GetValue(file)?.Name), [], "predictionId", "name", "at");
            var (accepted, unknown, hint) = (0L, 0L, (string?)null);
            foreach (var chunk in rows.Select((row, at) => Read(row, at, parsed.GetValue(name))).Chunk(AtOnce))
            {
                var receipt = await client.Monitoring.SendOutcomesAsync(parsed.GetRequiredValue(model), chunk, cancellationToken);
                (accepted, unknown, hint) = (accepted + receipt.Accepted, unknown + receipt.Unknown, receipt.Hint ?? hint);
            }

            if (context.WantsJson(parsed)) context.Terminal.Json(new JsonObject { ["accepted"] = accepted, ["unknown"] = unknown, ["hint"] = hint });
            else context.Terminal.Line($"{accepted} accepted, {unknown} of predictions that are not known yet.{(hint is null ? "" : $" {hint}")}");
        });
    }

    private static Outcome Read(JsonObject row, int at, string? name)
    {
        if (row.FirstOrDefault(member => member.Key is not ("predictionId" or "name" or "value" or "at")).Key is { } odd) throw new UsageException($"outcome {at} has '{odd}', which is none of predictionId, name, value and at");
        if (Text(row, "predictionId") is not { } id) throw new UsageException($"outcome {at} has no predictionId");
        if ((Text(row, "name") ?? name) is not { } called) throw new UsageException($"outcome {at} has no name; --name gives one to all");
        if (row["value"] is not JsonValue value || !value.TryGetValue<double>(out var amount)) throw new UsageException($"outcome {at} has no number as its value");
        if (Text(row, "at") is not { } when) return new Outcome(id, called, amount);
        return DateTimeOffset.TryParse(when, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? new Outcome(id, called, amount, time)
            : throw new UsageException($"outcome {at} has no time as its at: '{when}'");
    }

    private static string? Text(JsonObject row, string member) => row[member] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
