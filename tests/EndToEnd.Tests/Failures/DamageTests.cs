using System.Text.RegularExpressions;
using Platform.EndToEnd.Tests.Running;
using Platform.TestKit;
using Platform.TestKit.Api;
using Platform.TestKit.Running;

namespace Platform.EndToEnd.Tests.Failures;

/// <summary>Files of a data folder that are not what was written, and a start on them: nothing is silent, and all else works.</summary>
[Collection(OverWrittenData.Name)]
public sealed partial class DamageTests(WrittenData written) : IDisposable
{
    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    /// <summary>One file of each kind at once; which of them are told, and where, is the table <see cref="WhatMustBeTold"/>.</summary>
    [Theory]
    [InlineData("flip")]
    [InlineData("cut")]
    [InlineData("delete")]
    [InlineData("swap")]
    public async Task Of_every_kind_of_file_a_damaged_one_is_told_and_the_platform_starts(string how)
    {
        written.CopyStoppedTo(_data);
        var damaged = OneOfEachKind();
        foreach (var file in damaged) Damage(file, how);

        await using var process = await WrittenData.StartAsync(_data);
        using var api = new PlatformApi(process.Address);

        var untold = damaged.Select(file => WhatMustBeTold(file, how)).OfType<string>().ToHashSet();
        Assert.NotEmpty(untold);
        await Eventually.TrueAsync(async () =>
        {
            var told = await ToldAsync(api);
            untold.RemoveWhere(what => told.Contains(what, StringComparison.Ordinal));
            return untold.Count == 0;
        }, $"all this is told: {string.Join(", ", untold)}");
    }

    [Fact]
    public async Task What_is_damaged_of_one_model_is_no_business_of_another()
    {
        written.CopyStoppedTo(_data);
        foreach (var path in Directory.GetFiles(_data.Path, "*other*.json", SearchOption.AllDirectories)) Damage(Path.GetRelativePath(_data.Path, path), "flip");

        await using var process = await WrittenData.StartAsync(_data);
        using var api = new PlatformApi(process.Address);

        await api.UntilReadyAsync("credit");
        using var answer = await api.InferAsync("credit", CreditSample.Usual[0]);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        Assert.NotEmpty((await api.ReadAsync("/health/ready"))["degraded"]!.AsObject());
    }

    /// <summary>
    /// The champion's file, and the first of each folder that has a meaning of its own; but for locks, what people read, and the accounts,
    /// without which nothing would miss a file (DamageTests of the store).
    /// </summary>
    private List<string> OneOfEachKind() =>
    [
        $"artifacts/{written.Champion[..2]}/{written.Champion}",
        .. Directory.GetFiles(_data.Path, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(_data.Path, path))
            .Where(path => !NoContent().IsMatch(path) && new FileInfo(_data.File(path)).Length > 0)
            .Order(StringComparer.Ordinal).GroupBy(Path.GetDirectoryName)
            .Select(kind => kind.First()),
    ];

    /// <summary>What is read in the log, in the findings or in the answer about readiness; null where nothing is lost, or nothing can be known.</summary>
    private static string? WhatMustBeTold(string file, string how) => file.Split('/') switch
    {
        ["artifacts", ..] => how == "delete" ? "could not be loaded" : Path.GetFileName(file), // by who needs it; by the store
        [_, "documents", var collection, ..] when how == "delete" => $"documents/{collection}",
        [_, "documents" or "events", ..] => file[(file.IndexOf('/') + 1)..],
        ["prediction-log", "fasterlog.log.0"] => "The prediction log in",
        ["prediction-log", "log-commits", _] => null, // the other commit has it, A_damaged_commit_costs_no_record
        _ => throw new ArgumentException($"Nobody has said what must be told of {file}."),
    };

    private async Task<string> ToldAsync(PlatformApi api)
    {
        using var ready = await api.GetAsync("/health/ready");
        var findings = Directory.GetFiles(_data.Path, "findings.json", SearchOption.AllDirectories).Select(File.ReadAllText);
        await using var log = new FileStream(_data.File("logs", "platform.jsonl"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(log);
        return string.Join('\n', [await ready.Content.ReadAsStringAsync(), .. findings, await reader.ReadToEndAsync()]);
    }

    private void Damage(string file, string how) => Damaging.Do(_data.File(file.Split('/')), how);

    [GeneratedRegex("(^|/)(lock|account\\.json|bootstrap\\.key|callback\\.secret)$|^(logs|artifacts|mlflow-uploads)/")]
    private static partial Regex NoContent();
}
