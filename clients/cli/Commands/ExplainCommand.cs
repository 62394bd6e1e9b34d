using System.CommandLine;
using System.Text.Json.Nodes;
using Platform.Cli.Output;
using Platform.Cli.Settings;

namespace Platform.Cli.Commands;

/// <summary>Why a prediction came out as it did.</summary>
internal static class ExplainCommand
{
    public static Command Create(CommandContext context)
    {
        var model = new Argument<string>("model") { Description = "The model's name." };
        var prediction = new Argument<string>("prediction") { Description = "The prediction's id; ID:row for one row of its request." };
        var picture = new Option<FileInfo?>("--picture") { Description = "Writes the picture here, as .svg or .html." };
        var method = new Option<string?>("--method") { Description = "auto when absent; counterfactual says what would change the decision, anchors which rule it follows." };
        return context.Command("explain", "Says why a prediction came out as it did.\n\n  platform explain credit application-4711 --picture why.svg",
            [model, prediction, picture, method], async (client, parsed, cancellationToken) =>
        {
            var target = parsed.GetValue(picture);
            if (target is not null && target.Extension is not (".svg" or ".html")) throw new UsageException($"a picture is a file .svg or .html, not '{target.Name}'");
            var body = new JsonObject { ["predictionId"] = parsed.GetRequiredValue(prediction) };
            if (parsed.GetValue(method) is { } chosen) body["method"] = chosen;
            var explanation = await client.Http.SendAsync(HttpMethod.Post, $"/v1/models/{Uri.EscapeDataString(parsed.GetRequiredValue(model))}/explanations", body, cancellationToken);
            if (target is not null) await DrawAsync(client, (string)explanation["id"]!, target, cancellationToken);
            if (context.WantsJson(parsed)) context.Terminal.Json(explanation);
            else foreach (var sentence in explanation["sentences"]!.AsArray()) context.Terminal.Line((string)sentence!);
        });
    }

    private static async Task DrawAsync(Client.PlatformClient client, string id, FileInfo target, CancellationToken cancellationToken)
    {
        var drawn = target.Extension == ".svg"
            ? await client.Explanations.GetSvgAsync(id, cancellationToken: cancellationToken)
            : await client.Explanations.GetHtmlAsync(id, cancellationToken: cancellationToken);
        await File.WriteAllTextAsync(target.FullName, drawn, cancellationToken);
    }
}
