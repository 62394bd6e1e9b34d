using System.Globalization;
using System.Text.Json.Nodes;
using Platform.Cli.Output;

namespace Platform.Cli.Loading;

/// <summary>Says what a load found, step by step for people and at the end for programs.</summary>
internal sealed class LoadReport(Terminal terminal, bool json, LoadAddress address, string protocol, LatencyObjective? objective)
{
    private static readonly double[] Quantiles = [0.5, 0.9, 0.99, 0.999, 1];

    private readonly List<LoadStep> _steps = [];

    /// <summary>What is about to be done.</summary>
    public void Begin()
    {
        if (json) return;
        terminal.Line($"{address.Model} at {address.Url}, {protocol}, at most {address.Connections} requests at once.");
        terminal.Line("Poisson arrivals; latencies in ms, counted from the planned arrival to the last byte of the answer (no coordinated omission).");
        terminal.Line(Row("rate", "arrivals", "answers", "errors", "unsent", "waited", "late", "p50", "p90", "p99", "p99.9", "max", objective?.ToString() ?? ""));
    }

    /// <summary>A step that is over.</summary>
    public void Add(LoadStep step)
    {
        _steps.Add(step);
        if (json) return;
        var held = objective is null ? "" : objective.HeldIn(step) ? "held" : "not held";
        terminal.Line(Row([Text(step.Rate), .. new[] { step.Arrivals, step.Answers, step.Failures, step.Unsent, step.Waited, step.Late }.Select(count => $"{count}"),
            .. Quantiles.Select(quantile => Text(step.Milliseconds(quantile))), held]));
        if (step.Errors.Count > 0) terminal.Line("  errors: " + string.Join(", ", step.Errors.Select(error => $"{error.Value} {error.Key}")));
        if (step.Late * 20 > step.Arrivals) terminal.Line("  many requests were sent late: this machine is too slow or too busy to make the load, and the latencies have its delays in them");
    }

    /// <summary>The end: of a search, the highest rate at which the objective held.</summary>
    public void End(bool searched, double? highest)
    {
        if (json)
        {
            var result = new JsonObject
            {
                ["model"] = address.Model, ["url"] = address.Url.ToString(), ["protocol"] = protocol, ["arrivals"] = "poisson", ["latencyFrom"] = "planned arrival",
                ["connections"] = address.Connections,
                ["objective"] = objective is null ? null : new JsonObject { ["quantile"] = objective.Quantile, ["withinMs"] = objective.Within.TotalMilliseconds },
                ["steps"] = new JsonArray([.. _steps.Select(Json)]),
            };
            if (searched) result["highestRate"] = highest;
            terminal.Json(result);
        }
        else if (searched)
        {
            terminal.Line(highest is { } rate ? $"{objective} holds up to {Text(rate)} arrivals a second." : $"{objective} holds at no rate that was tried.");
        }
    }

    private JsonObject Json(LoadStep step) => new()
    {
        ["rate"] = step.Rate, ["seconds"] = step.Duration.TotalSeconds, ["arrivals"] = step.Arrivals, ["answers"] = step.Answers,
        ["errors"] = step.Failures, ["errorsBy"] = new JsonObject(step.Errors.Select(error => new KeyValuePair<string, JsonNode?>(error.Key, error.Value))),
        ["unsent"] = step.Unsent, ["waited"] = step.Waited, ["late"] = step.Late,
        ["latencyMs"] = new JsonObject(Quantiles.Select(quantile => new KeyValuePair<string, JsonNode?>(
            quantile == 1 ? "max" : string.Create(CultureInfo.InvariantCulture, $"p{quantile * 100:0.###}"), step.Answers == 0 ? null : Math.Round(step.Milliseconds(quantile), 4)))),
        ["held"] = objective?.HeldIn(step),
    };

    private static string Row(params string[] cells) => string.Concat(cells.Select((cell, column) => column == cells.Length - 1 ? $"  {cell}" : cell.PadLeft(column == 0 ? 10 : 9))).TrimEnd();

    private static string Text(double value) => double.IsNaN(value) ? "-" : value.ToString(value < 100 ? "0.##" : "0", CultureInfo.InvariantCulture);
}
