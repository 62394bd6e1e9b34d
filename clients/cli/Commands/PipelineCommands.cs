using System.CommandLine;
using System.Text.Json.Nodes;

namespace Platform.Cli.Commands;

/// <summary>Several versions that answer as one.</summary>
internal static class PipelineCommands
{
    public static Command Create(CommandContext context) =>
        new("pipeline", "Several versions that answer as one.\n\n  platform pipeline register blend pipeline.json") { Register(context) };

    private static Command Register(CommandContext context)
    {
        var model = new Argument<string>("model") { Description = "The model's name; it is made where it does not exist." };
        var file = new Argument<FileInfo>("file") { Description = "The pipeline in JSON: inputs, steps, outputs, and combine and onFailure where wanted." };
        var metadata = new Option<FileInfo?>("--metadata") { Description = "What you say about it, in JSON." };
        var reference = new Option<FileInfo?>("--reference") { Description = "Reference rows, CSV, NDJSON or JSON." };
        return context.Command("register", "Registers a pipeline as a version of a model.\n\n  platform pipeline register blend pipeline.json --metadata metadata.json",
            [model, file, metadata, reference], async (client, parsed, cancellationToken) =>
        {
            var pipeline = JsonFiles.ReadObject(parsed.GetRequiredValue(file));
            if (parsed.GetValue(metadata) is { } said) pipeline["metadata"] = JsonFiles.ReadObject(said);
            if (parsed.GetValue(reference) is { } rows)
            {
                using var input = rows.OpenText();
                pipeline["reference"] = new JsonArray([.. RowFiles.Read(input, RowFiles.FormatOf(rows.Name), [])]);
            }

            var version = await client.Models.RegisterPipelineAsync(parsed.GetRequiredValue(model), pipeline, cancellationToken);
            ModelCommands.Tell(context, parsed, version);
        });
    }
}
