using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Platform.Cli.Output;
using Platform.Cli.Settings;
using Platform.Client;
using Platform.Client.Records;

namespace Platform.Cli.Commands;

/// <summary>Labels predictions that wait for it, one after the other.</summary>
internal static class ReviewCommand
{
    private const string Help = """
        Shows predictions that wait for a label, one after the other, and asks for it: a class by name or place, 's' to skip, 'q' to end. With --id and --label it labels
        one without asking; with --list, or --json, it lists what waits.

          platform review credit
          platform review --id application-4711 --label bad --comment 'two unpaid bills'
          platform review credit --json
        """;

    public static Command Create(CommandContext context)
    {
        var model = new Argument<string?>("model") { Description = "Only predictions of this model.", Arity = ArgumentArity.ZeroOrOne };
        var list = new Option<bool>("--list") { Description = "Lists what waits, and asks nothing." };
        var count = new Option<int>("--count") { Description = "At most so many.", DefaultValueFactory = _ => 20 };
        var id = new Option<string?>("--id") { Description = "Labels this one, without asking." };
        var label = new Option<string?>("--label") { Description = "What is right: a class or a number." };
        var comment = new Option<string?>("--comment") { Description = "Anything else, for the record." };
        return context.Command("review", Help, [model, list, count, id, label, comment], async (client, parsed, cancellationToken) =>
        {
            var (wanted, said) = (parsed.GetValue(id), parsed.GetValue(label));
            if ((wanted is null) != (said is null)) throw new UsageException("--id and --label go together");
            if (wanted is not null)
            {
                var answer = PredictionCommands.Scalar(said!);
                PredictionCommands.Tell(context, parsed, await client.Records.AnswerAsync(wanted, answer, parsed.GetValue(comment), parsed.GetValue(model), cancellationToken));
            }
            else if (parsed.GetValue(list) || context.WantsJson(parsed)) await ListAsync(context, client, parsed, parsed.GetValue(model), parsed.GetValue(count), cancellationToken);
            else await AskAsync(context.Terminal, client, parsed.GetValue(model), parsed.GetValue(count), cancellationToken);
        });
    }

    private static async Task ListAsync(CommandContext context, PlatformClient client, ParseResult parsed, string? model, int count, CancellationToken cancellationToken)
    {
        var path = "/v1/review-queue" + (model is null ? "" : $"?model={Uri.EscapeDataString(model)}");
        var items = await Lists.StreamAsync(client, path, cancellationToken).Take(count).ToListAsync(cancellationToken);
        Lists.Write(context, parsed, items, "at", "model", "version", "id", "reason", "detail");
    }

    private static async Task AskAsync(Terminal terminal, PlatformClient client, string? model, int count, CancellationToken cancellationToken)
    {
        var labelled = 0;
        await foreach (var review in client.Records.ListReviewsAsync(model, cancellationToken).Take(count))
        {
            Show(terminal, review);
            if (await ReadAsync(terminal, review, cancellationToken) is not { } answer) break;
            if (answer is JsonObject) continue; // skipped
            await client.Records.AnswerAsync(review, answer, cancellationToken: cancellationToken);
            labelled++;
        }

        terminal.Line($"{labelled} labelled.");
    }

    private static void Show(Terminal terminal, Review review)
    {
        terminal.Line($"{review.Id}: {review.Model} {review.Version}, {review.Reason}: {review.Detail}");
        PredictionCommands.WriteFeatures(terminal, review.Prediction?.Features);
        if (review.Prediction is { } row) terminal.Line($"  answered {row.Class ?? row.Value?.ToString(CultureInfo.InvariantCulture) ?? Table.Cell(row.Outputs)}");
    }

    /// <summary>The label; an empty object to go on without one, null to end.</summary>
    internal static async Task<JsonNode?> ReadAsync(Terminal terminal, Review review, CancellationToken cancellationToken)
    {
        var (skip, quit) = (KeyOf(review, "skip"), KeyOf(review, "quit"));
        while (true)
        {
            terminal.Output.Write(Table.Printable($"label ({LabelsOf(review)}, {Told(skip, "skip")}, {Told(quit, "quit")}): "));
            terminal.Output.Flush();
            var said = (await terminal.Input.ReadLineAsync(cancellationToken))?.Trim();
            if (said is null) return null;
            if (LabelOf(review, said) is { } right) return right;
            if (said == quit) return null;
            if (said == skip) return new JsonObject();
            terminal.Line(review.Labels is null ? "It is a number." : $"It is one of {string.Join(", ", review.Labels)}{(HasNumbers(review) ? ", or its number" : "")}.");
        }
    }

    private static string LabelsOf(Review review) => review.Labels is { } labels
        ? string.Join(", ", HasNumbers(review) ? labels.Select((label, at) => $"{at + 1} {label}") : labels)
        : "a number";

    private static string Told(string key, string word) => key == word ? word : $"{key} {word}";

    /// <summary>Whether a label may be given by its place: not where one is a number itself.</summary>
    private static bool HasNumbers(Review review) => review.Labels?.Any(label => double.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out _)) == false;

    /// <summary>The letter of a word, or the word where a label is called as the letter is.</summary>
    private static string KeyOf(Review review, string word) => review.Labels?.Contains(word[..1]) == true ? word : word[..1];

    private static JsonNode? LabelOf(Review review, string said)
    {
        if (review.Labels is not { } labels) return double.TryParse(said, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
        if (labels.Contains(said)) return said;
        return HasNumbers(review) && int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at >= 1 && at <= labels.Count ? labels[at - 1] : null;
    }
}
