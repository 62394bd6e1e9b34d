using System.CommandLine;
using System.Text.Json.Nodes;
using Platform.Cli.Output;
using Platform.Cli.Settings;
using Platform.Client.Models;

namespace Platform.Cli.Commands;

/// <summary>Models, their versions and aliases.</summary>
internal static class ModelCommands
{
    public static Command Models(CommandContext context)
    {
        var model = new Argument<string?>("model") { Description = "Shows the versions of this model.", Arity = ArgumentArity.ZeroOrOne };
        return context.Command("models", "Lists models, or the versions of one.\n\n  platform models\n  platform models credit", [model], async (client, parsed, cancellationToken) =>
        {
            var path = parsed.GetValue(model) is { } name ? $"/v1/models/{Uri.EscapeDataString(name)}/versions" : "/v1/models";
            var items = await Lists.ReadAsync(client, path, cancellationToken);
            Lists.Write(context, parsed, items, parsed.GetValue(model) is null ? ["name", "latestVersion", "aliases", "createdAt"] : ["version", "status", "aliases", "createdAt", "sha256"]);
        });
    }

    public static Command Register(CommandContext context)
    {
        var model = new Argument<string>("model") { Description = "The model's name; it is made where it does not exist." };
        var file = new Argument<FileInfo>("file") { Description = "The ONNX file." };
        var metadata = new Option<FileInfo?>("--metadata") { Description = "What you say about it, in JSON." };
        var reference = new Option<FileInfo?>("--reference") { Description = "Reference rows, CSV with a header row or JSON." };
        return context.Command("register", "Registers a version.\n\n  platform register credit model.onnx --metadata metadata.json --reference reference.csv",
            [model, file, metadata, reference], async (client, parsed, cancellationToken) =>
        {
            var upload = new ModelUpload
            {
                File = parsed.GetRequiredValue(file).FullName,
                Metadata = parsed.GetValue(metadata) is { } said ? JsonFiles.ReadObject(said) : null,
                Reference = parsed.GetValue(reference)?.FullName,
            };
            var version = await client.Models.RegisterAsync(parsed.GetRequiredValue(model), upload, cancellationToken);
            Tell(context, parsed, version);
        });
    }

    /// <summary>A version that was registered.</summary>
    public static void Tell(CommandContext context, ParseResult parsed, ModelVersion version)
    {
        if (context.WantsJson(parsed)) context.Terminal.Json(new JsonObject { ["model"] = version.Model, ["version"] = version.Version, ["status"] = version.Status, ["sha256"] = version.Sha256 });
        else context.Terminal.Line($"{version.Model} {version.Version} is {version.Status}.");
    }

    public static Command Promote(CommandContext context)
    {
        var (model, version, alias, reason) = (Model(), new Argument<string>("version") { Description = "The version's number." }, Alias(), Reason());
        var strategy = new Option<FileInfo?>("--strategy") { Description = "How it takes its time, in JSON: canary, ab, shadow, blue_green; at once when absent." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Measures the gates, says what the steps will probably need, and moves nothing." };
        return context.Command("promote", "Makes an alias name a version, if it passes the gates, and waits until it is served.\n\n  platform promote credit 2 --reason 'higher precision'\n" +
            "  platform promote credit 2 --strategy canary.json --dry-run",
            [model, version, alias, reason, strategy, dryRun], async (client, parsed, cancellationToken) =>
        {
            var (name, number, named) = (parsed.GetRequiredValue(model), parsed.GetRequiredValue(version), parsed.GetValue(alias)!);
            var how = parsed.GetValue(strategy) is { } file ? JsonFiles.ReadObject(file) : null;
            Tell(context, parsed, parsed.GetValue(dryRun)
                ? await client.Promotions.TryAsync(name, number, named, how, cancellationToken)
                : await client.Models.PromoteAsync(name, number, named, parsed.GetValue(reason), how, cancellationToken));
        });
    }

    public static Command RollBack(CommandContext context)
    {
        var (model, alias, reason) = (Model(), Alias(), Reason());
        return context.Command("rollback", "Makes an alias name the version that it named before, and waits until it is served.\n\n  platform rollback credit --reason 'misses too many'",
            [model, alias, reason], async (client, parsed, cancellationToken) => Tell(context, parsed, await client.Models.RollBackAsync(
                parsed.GetRequiredValue(model), parsed.GetValue(alias)!, parsed.GetValue(reason), cancellationToken)));
    }

    private static Argument<string> Model() => new("model") { Description = "The model's name." };

    private static Option<string> Alias() => new("--alias") { Description = "The alias that is moved.", DefaultValueFactory = _ => ModelsClient.Champion };

    private static Option<string?> Reason() => new("--reason") { Description = "Why, for the history." };

    /// <summary>How a promotion stands.</summary>
    public static void Tell(CommandContext context, ParseResult parsed, Promotion promotion)
    {
        if (context.WantsJson(parsed))
        {
            context.Terminal.Json(new JsonObject
            {
                ["id"] = promotion.Id, ["model"] = promotion.Model, ["version"] = promotion.Version, ["alias"] = promotion.Alias,
                ["previousVersion"] = promotion.PreviousVersion, ["state"] = promotion.State, ["step"] = promotion.Step,
                ["gates"] = new JsonArray([.. (promotion.Gates ?? []).Select(gate => new JsonObject { ["gate"] = gate.Name, ["passed"] = gate.Passed, ["detail"] = gate.Detail })]),
                ["expected"] = promotion.Expected is null ? null : new JsonArray([.. promotion.Expected.Select(Json)]),
            });
            return;
        }

        foreach (var gate in promotion.Gates ?? []) context.Terminal.Line($"  {(gate.Passed ? "passed" : "failed")}  {gate.Name}: {gate.Detail}");
        foreach (var each in promotion.Expected ?? [])
            context.Terminal.Line($"  step {each.Step} ({each.Weight:P0}): {each.Measure} needs {(each.ChallengerSamples is { } samples ? $"about {samples} samples" : "samples that cannot be told yet")}");
        var after = promotion.PreviousVersion is { } before ? $", after {before}" : "";
        context.Terminal.Line(promotion.State switch
        {
            "completed" => $"{promotion.Model} {promotion.Version} is {promotion.Alias}{after} ({promotion.State}).",
            "measured" => $"{promotion.Model} {promotion.Version} was measured for {promotion.Alias}{after}; nothing has moved.",
            "cancelled" or "rolled_back" => $"{promotion.Model} {promotion.Version} did not become {promotion.Alias}{after} ({promotion.State}).",
            _ => $"{promotion.Model} {promotion.Version} is on its way to {promotion.Alias}{after} ({promotion.State}): /v1/promotions/{promotion.Id}",
        });
    }

    private static JsonObject Json(ExpectedSamples expected) => new()
    {
        ["step"] = expected.Step, ["weight"] = expected.Weight, ["measure"] = expected.Measure, ["challengerSamples"] = expected.ChallengerSamples, ["power"] = expected.Power,
    };
}
