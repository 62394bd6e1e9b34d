using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Platform.Cli.Output;
using Platform.Cli.Settings;
using Platform.Client.Explanations;
using Platform.Client.Transport;

namespace Platform.Cli.Commands;

/// <summary>What versions go by: importances and curves.</summary>
internal sealed class WholeVersionCommands(CommandContext context)
{
    private readonly Argument<string> _model = new("model") { Description = "The model's name." };
    private readonly Option<string?> _version = new("--version-of-model") { Description = "A version's number or alias; the champion when absent." };
    private readonly Option<int?> _rows = new("--rows") { Description = "At most so many reference rows." };
    private readonly Option<long?> _seed = new("--seed") { Description = "Decides every random choice; 1 when absent." };
    private readonly Option<FileInfo?> _picture = new("--picture") { Description = "Writes the picture here, as .svg or .html." };
    private readonly Option<double> _wait = new("--wait") { Description = "Seconds to wait while it is computed.", DefaultValueFactory = _ => 600 };

    public static Command Importance(CommandContext context) => new WholeVersionCommands(context).Importance();

    public static Command Dependence(CommandContext context) => new WholeVersionCommands(context).Dependence();

    private Command Importance()
    {
        var method = new Option<string?>("--method") { Description = "permutation, which is the default, or shap." };
        var per = new Option<string?>("--per") { Description = "feature, which is the default, or label." };
        return context.Command("importance", "Says how much a version goes by each of its features.\n\n  platform importance credit --picture importance.svg",
            [_model, method, per, _version, _rows, _seed, _picture, _wait], async (client, parsed, cancellationToken) => await RunAsync(client, parsed, new ImportanceQuery
        {
            Method = parsed.GetValue(method), Per = parsed.GetValue(per), Version = parsed.GetValue(_version), Rows = parsed.GetValue(_rows), Seed = parsed.GetValue(_seed), Deadline = Deadline(parsed),
        }, WriteImportances, cancellationToken));
    }

    private Command Dependence()
    {
        var features = new Argument<string[]>("feature") { Description = "Features; all of them when absent, with --prediction alone.", Arity = ArgumentArity.ZeroOrMore };
        var kind = new Option<string?>("--kind") { Description = "pdp, which is the default, ice or ale." };
        var prediction = new Option<string?>("--prediction") { Description = "What would have been answered to this prediction with other values." };
        var points = new Option<int?>("--points") { Description = "At most so many values of a feature." };
        return context.Command("dependence", "Says how a version's answer follows features.\n\n  platform dependence credit duration --picture duration.svg\n" +
            "  platform dependence credit --prediction application-4711",
            [_model, features, kind, prediction, points, _version, _rows, _seed, _picture, _wait], async (client, parsed, cancellationToken) => await RunAsync(client, parsed, new DependenceQuery
        {
            Features = parsed.GetValue(features) ?? [], Kind = parsed.GetValue(kind) ?? (parsed.GetValue(prediction) is null ? null : "ice"), PredictionId = parsed.GetValue(prediction),
            Points = parsed.GetValue(points), Version = parsed.GetValue(_version), Rows = parsed.GetValue(_rows), Seed = parsed.GetValue(_seed), Deadline = Deadline(parsed),
        }, static (_, _) => { }, cancellationToken));
    }

    private async Task RunAsync(Client.PlatformClient client, ParseResult parsed, WholeVersionQuery query, Action<Terminal, JsonObject> write, CancellationToken cancellationToken)
    {
        var (model, target) = (parsed.GetRequiredValue(_model), parsed.GetValue(_picture));
        if (target is not null && target.Extension is not (".svg" or ".html")) throw new UsageException($"a picture is a file .svg or .html, not '{target.Name}'");
        var answer = await client.WholeVersions.ReadAsync(model, query, ClientJson.Default.JsonObject, cancellationToken);
        if (target is not null)
        {
            var drawn = target.Extension == ".svg"
                ? await client.WholeVersions.GetSvgAsync(model, query, cancellationToken)
                : await client.WholeVersions.GetHtmlAsync(model, query, cancellationToken);
            await File.WriteAllTextAsync(target.FullName, drawn, cancellationToken);
        }

        if (context.WantsJson(parsed))
        {
            context.Terminal.Json(answer);
            return;
        }

        write(context.Terminal, answer);
        foreach (var sentence in answer["sentences"]!.AsArray()) context.Terminal.Line((string)sentence!);
    }

    private TimeSpan Deadline(ParseResult parsed) => parsed.GetValue(_wait) is >= 0 and <= 86_400 and var seconds
        ? TimeSpan.FromSeconds(seconds)
        : throw new UsageException("--wait is 0 to 86400");

    private static void WriteImportances(Terminal terminal, JsonObject answer)
    {
        var table = new Table("feature", "label", "importance", "± standard error");
        foreach (var each in answer["importances"]!.AsArray())
            table.Add((string?)each!["feature"], (string?)each["label"], Number(each["importance"]), Number(each["standardError"]));
        table.Write(terminal.Output);
    }

    private static string Number(JsonNode? number) => number is null ? "" : ((double)number).ToString("0.0000", CultureInfo.InvariantCulture);
}
