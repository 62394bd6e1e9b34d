using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Cli.Output;
using Platform.Client.Predictions;

namespace Platform.Cli.Commands;

/// <summary>Predicts rows of a file or of the standard input, some at a time.</summary>
internal static class PredictCommand
{
    public static Command Create(CommandContext context)
    {
        var model = new Argument<string>("model") { Description = "The model's name." };
        var file = new Argument<FileInfo?>("file") { Description = "Rows by feature name; the standard input when absent.", Arity = ArgumentArity.ZeroOrOne };
        var format = new Option<string?>("--format") { Description = "csv, ndjson or json; by the file's name when absent, else ndjson." };
        format.AcceptOnlyFromAmong(RowFiles.Formats);
        var version = new Option<string?>("--version-of-model") { Description = "A version's number or alias; the champion when absent." };
        var ignore = new Option<string[]>("--ignore") { Description = "Columns that are no features, the label for example." };
        var batch = new Option<int>("--batch") { Description = "Rows in a request.", DefaultValueFactory = _ => 500 };
        return context.Command("predict", "Predicts rows by feature name. With --json a line for each row.\n\n" +
            "  platform predict credit applicants.csv --ignore label\n  cat rows.ndjson | platform predict credit --json",
            [model, file, format, version, ignore, batch], async (client, parsed, cancellationToken) =>
        {
            using var input = parsed.GetValue(file) is { } given ? given.OpenText() : null;
            var rows = RowFiles.Read(input ?? context.Terminal.Input, parsed.GetValue(format) ?? RowFiles.FormatOf(parsed.GetValue(file)?.Name), parsed.GetValue(ignore) ?? []);
            var first = true;
            foreach (var chunk in rows.Chunk(Math.Max(1, parsed.GetValue(batch))))
            {
                var answer = await client.Predictions.PredictAsync(parsed.GetRequiredValue(model), chunk, parsed.GetValue(version), cancellationToken: cancellationToken);
                if (context.WantsJson(parsed)) foreach (var row in answer.Rows) context.Terminal.JsonLine(Json(row));
                else Write(context, answer, first);
                first = false;
            }
        });
    }

    private static JsonObject Json(RowPrediction row) => new()
    {
        ["predictionId"] = row.PredictionId, ["class"] = row.Class, ["score"] = row.Score, ["value"] = row.Value, ["outputs"] = row.Outputs.DeepClone(),
    };

    private static void Write(CommandContext context, RowPredictions answer, bool first)
    {
        foreach (var row in answer.Rows)
        {
            if (first) context.Terminal.Output.WriteLine("PREDICTION\tANSWER\tSCORE");
            first = false;
            var said = row.Class ?? (row.Value is { } value ? $"{value:G6}" : Table.Cell(row.Outputs));
            context.Terminal.Output.WriteLine($"{Table.Printable(row.PredictionId)}\t{Table.Printable(said)}\t{row.Score:0.0000}");
        }
    }
}
