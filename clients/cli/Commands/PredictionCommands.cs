using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Platform.Cli.Output;
using Platform.Cli.Settings;
using Platform.Client.Records;

namespace Platform.Cli.Commands;

/// <summary>Predictions that were answered.</summary>
internal static class PredictionCommands
{
    public static Command Create(CommandContext context) => new("predictions", "Predictions that were answered.\n\n  platform predictions get application-4711\n" +
        "  platform predictions search credit --where \"age > 40 and class = 'bad'\"\n  platform predictions feedback application-4711 --verdict disagree --label good")
    {
        Get(context), Search(context), Feedback(context),
    };

    /// <summary>A label or a value as it was typed: a number, true, false or a text.</summary>
    public static JsonNode Scalar(string text) => RowFiles.Cell(text) ?? throw new UsageException("a label is not empty");

    /// <summary>The features of a row, one on a line.</summary>
    public static void WriteFeatures(Terminal terminal, JsonObject? features)
    {
        if (features is not { Count: > 0 }) return;
        var width = features.Max(feature => feature.Key.Length);
        foreach (var (name, value) in features) terminal.Line($"    {name.PadRight(width)}  {(value is null ? "(missing)" : Table.Cell(value))}");
    }

    private static Command Get(CommandContext context)
    {
        var id = Id();
        return context.Command("get", "Shows everything that is known under an id.\n\n  platform predictions get application-4711", [id], async (client, parsed, cancellationToken) =>
        {
            var known = await client.Http.GetAsync($"/v1/predictions/{Uri.EscapeDataString(parsed.GetRequiredValue(id))}", cancellationToken);
            if (context.WantsJson(parsed)) context.Terminal.Json(known);
            else Write(context.Terminal, known);
        });
    }

    private static Command Search(CommandContext context)
    {
        var model = new Argument<string?>("model") { Description = "Only predictions of this model.", Arity = ArgumentArity.ZeroOrOne };
        var where = new Option<string?>("--where") { Description = "A filter over features and answers; it needs a model." };
        var version = new Option<string?>("--version-of-model") { Description = "A version's number or alias; every version when absent." };
        var from = new Option<DateTimeOffset?>("--from") { Description = "Only those that came in then or later." };
        var to = new Option<DateTimeOffset?>("--to") { Description = "Only those that came in before this." };
        var count = new Option<int>("--count") { Description = "At most so many.", DefaultValueFactory = _ => 20 };
        return context.Command("search", "Searches the last predictions, the newest first. With --json a line for each.\n\n" +
            "  platform predictions search credit --where \"age > 40 and class = 'bad'\" --count 5", [model, where, version, from, to, count], async (client, parsed, cancellationToken) =>
        {
            var filter = new PredictionFilter
            {
                Model = parsed.GetValue(model), Where = parsed.GetValue(where), Version = parsed.GetValue(version), From = parsed.GetValue(from), To = parsed.GetValue(to),
            };
            var found = Lists.StreamAsync(client, "/v1/predictions" + filter.Query(), cancellationToken).Take(parsed.GetValue(count));
            if (!context.WantsJson(parsed)) context.Terminal.Output.WriteLine("TIME\tMODEL\tROUTE\tPREDICTION\tANSWER\tSCORE\tLABEL\tVERDICT");
            await foreach (var prediction in found)
            {
                if (context.WantsJson(parsed)) context.Terminal.JsonLine(prediction);
                else WriteFound(context.Terminal, prediction);
            }
        });
    }

    private static Command Feedback(CommandContext context)
    {
        var id = Id();
        var verdict = new Option<string>("--verdict") { Description = "agree, disagree or unsure.", Required = true };
        verdict.AcceptOnlyFromAmong(Client.Records.Feedback.Agree, Client.Records.Feedback.Disagree, Client.Records.Feedback.Unsure);
        var label = new Option<string?>("--label") { Description = "What would have been right; it counts as ground truth." };
        var comment = new Option<string?>("--comment") { Description = "Anything else, for the record." };
        var about = new Option<string[]>("--about") { Description = "FEATURE=COMMENT on a feature's part in the answer; may be given several times." };
        return context.Command("feedback", "Says of a prediction whether its answer is right.\n\n  platform predictions feedback application-4711 --verdict disagree --label good",
            [id, verdict, label, comment, about], async (client, parsed, cancellationToken) =>
        {
            var receipt = await client.Records.GiveFeedbackAsync(parsed.GetRequiredValue(id), new Feedback(parsed.GetRequiredValue(verdict))
            {
                Label = parsed.GetValue(label) is { } said ? Scalar(said) : null, Comment = parsed.GetValue(comment),
                Attributions = [.. (parsed.GetValue(about) ?? []).Select(About)],
            }, cancellationToken);
            Tell(context, parsed, receipt);
        });
    }

    /// <summary>Feedback that was taken.</summary>
    public static void Tell(CommandContext context, ParseResult parsed, FeedbackReceipt receipt)
    {
        if (context.WantsJson(parsed)) context.Terminal.Json(new JsonObject { ["id"] = receipt.Id, ["predictionId"] = receipt.PredictionId, ["at"] = receipt.At });
        else context.Terminal.Line($"It is noted for {receipt.PredictionId}.");
    }

    private static Argument<string> Id() => new("id") { Description = "The prediction's id; ID:row for one row of its request." };

    private static AttributionComment About(string text) => text.Split('=', 2) is [{ Length: > 0 } feature, { Length: > 0 } comment]
        ? new(feature, comment)
        : throw new UsageException($"--about is FEATURE=COMMENT, not '{text}'");

    private static void Write(Terminal terminal, JsonNode known)
    {
        terminal.Line($"{known["id"]}: {known["model"]} {known["version"]} ({known["route"]}) {known["status"]} at {known["time"]} in {known["latencyMs"]} ms, {known["rowCount"]} rows");
        if (known["error"] is { } error) terminal.Line($"  {error}");
        foreach (var row in known["rows"]!.AsArray().Select(row => row!.AsObject()))
        {
            terminal.Line($"  {row["predictionId"]}: {Said(row)}{(row["label"] is JsonObject label ? $", really {label["label"]}" : "")}");
            WriteFeatures(terminal, row["features"] as JsonObject);
            foreach (var said in row["feedback"]?.AsArray() ?? [])
                terminal.Line($"    {said!["by"]}: {said["verdict"]}{(said["label"] is { } right ? $", {right} is right" : "")}{(said["comment"] is { } comment ? $": {comment}" : "")}");
        }
    }

    private static void WriteFound(Terminal terminal, JsonObject found)
    {
        var head = $"{found["time"]}\t{found["model"]} {found["version"]}\t{found["route"]}";
        var rows = found["rows"]!.AsArray();
        if (rows.Count == 0) Line($"{head}\t{found["id"]}\t({found["status"]})");
        foreach (var row in rows) Line($"{head}\t{row!["predictionId"]}\t{row["class"] ?? row["value"]}\t{Score(row["score"])}\t{row["label"]}\t{row["verdict"]}");

        void Line(string text) => terminal.Output.WriteLine(string.Join('\t', text.Split('\t').Select(Table.Printable)).TrimEnd());
    }

    /// <summary>A row's answer in a word.</summary>
    public static string Said(JsonObject row) =>
        row["class"] is { } chosen ? $"{chosen}{(row["score"] is { } score ? $" ({Score(score)})" : "")}" : row["value"] is { } value ? $"{value}" : Table.Cell(row["outputs"]);

    private static string Score(JsonNode? score) => score is null ? "" : ((double)score).ToString("0.0000", CultureInfo.InvariantCulture);
}
