using System.Text.Json.Nodes;
using Platform.Hosting.Management;
using Platform.SampleDriver.Client;
using Platform.SampleDriver.Seeding;
using Platform.SampleDriver.Traffic;
using Platform.Standalone.Commands;

namespace Platform.Standalone.Startup;

/// <summary>What a person reads on the terminal: the address, where to look, and three commands worth trying.</summary>
internal sealed class Announcement(RunCommand command, PlatformClient platform)
{
    private string Url => command.Address.GetLeftPart(UriPartial.Authority);

    private string FirstKey => command.Auth ? $"  first key    {command.BootstrapKey}\n" : "";

    private string Key => command.Auth ? $"-H \"Authorization: Bearer $(cat '{command.BootstrapKey}')\" " : "";

    public static void Seeding() => Console.Out.WriteLine("registering the samples …");

    public static void Waiting(Readiness readiness) =>
        Console.Out.WriteLine($"waiting for {string.Join(", ", readiness.WaitingFor.Select(missing => $"{missing.Value} ({missing.Key})"))} …");

    /// <summary>Prints <c>ready URL</c> on a line of its own, and the rest.</summary>
    public async Task PrintAsync(IReadOnlyList<Sample> samples, CancellationToken cancellationToken)
    {
        var commands = samples.FirstOrDefault(sample => sample.FindRows("traffic") is not null) is { } sample
            ? await ForSampleAsync(sample, cancellationToken)
            : ForNothing();
        Console.Out.WriteLine($"ready {Url}");
        Console.Out.WriteLine($"""

              what runs    {Url}/
              every route  {Url}/openapi/v1.json
              metrics      {(command.Management ?? command.Address).GetLeftPart(UriPartial.Authority)}/metrics
              alerts       {Url}/v1/alerts
              data, logs   {command.Data.Path}
            {FirstKey}
            {string.Join("\n\n", commands)}

            Ctrl-C stops it.
            """);
    }

    private async Task<IReadOnlyList<string>> ForSampleAsync(Sample sample, CancellationToken cancellationToken)
    {
        var versions = await platform.GetVersionsAsync(sample.Model, cancellationToken);
        var row = await TrafficRow.ReadAsync(sample.FindRows("traffic")!, cancellationToken).FirstAsync(cancellationToken);
        var (request, _) = row.Read(versions[0].Signature);
        var waiting = versions.FirstOrDefault(version => !version.Aliases.Contains("champion")) ?? versions[0];
        var promotion = new JsonObject { ["version"] = waiting.Version, ["alias"] = "champion" };
        return
        [
            Try("Ask a model:", request, $"/v2/models/{sample.Model}/infer"),
            Try("Ask why it answers so:", request, $"/v1/models/{sample.Model}/explanations"),
            Try("Let another version answer (and /rollback to undo it):", promotion, $"/v1/models/{sample.Model}/promotions"),
        ];
    }

    private IReadOnlyList<string> ForNothing()
    {
        var drift = JsonNode.Parse("""{"features":[{"name":"age","kind":"numerical","reference":[31,42,55,38,47,29],"current":[21,22,19,24,23,20]}]}""")!;
        return
        [
            Try("Register a model:", new JsonObject { ["name"] = "mine" }, "/v1/models"),
            $"List the models:\n  curl {Key}{Url}/v1/models",
            Try("Compare two samples:", drift, "/v1/analyses/drift"),
        ];
    }

    /// <summary>In single quotes for the shell; a quote inside ends them, stands for itself and opens them again.</summary>
    private string Try(string what, JsonNode body, string path) =>
        $"{what}\n  curl {Key}--json '{body.ToJsonString().Replace("'", "'\\''", StringComparison.Ordinal)}' {Url}{path}";
}
