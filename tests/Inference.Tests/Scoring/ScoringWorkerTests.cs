using Platform.Inference.Tests.Isolation;
using Platform.TestKit;
using Platform.TestKit.Running;
using Platform.TestModels;

namespace Platform.Inference.Tests.Scoring;

/// <summary>Jobs of a model whose process does not come back.</summary>
public sealed class ScoringWorkerTests
{
    [Fact]
    public async Task A_job_does_not_wait_for_ever_for_a_process_that_cannot_be_started_again()
    {
        using var data = new TemporaryFolder();
        await using var host = await InferenceHost.StartAsync(
            registry => registry.Deploy("isolated", "1", TinyModels.Linear(), metadata: IsolatedModelTests.Isolated),
            new("Storage:Directory", data.Path), new("Inference:Scoring:Patience", "00:00:00"));
        var version = host.Models.Loaded.Single();
        var files = Directory.GetFiles(data.Path, "*", SearchOption.AllDirectories).Where(IsModel).ToList();
        Assert.NotEmpty(files);
        files.ForEach(File.Delete);
        Signals.Send(version.Worker!.Process, "KILL");
        await Eventually.TrueAsync(() => !version.Worker!.IsRunning, "the process is gone");

        var names = version.Rows.Columns.Select(column => column.Name).ToList();
        var id = await host.Http.ScoredAsync("isolated", $"{string.Join(',', names)}\n{string.Join(',', names.Select(_ => "1"))}\n");

        var job = await host.Http.EndedAsync(id, "failed");
        Assert.Equal("inference.worker_away", (string?)job["error"]!["code"]);

        bool IsModel(string file) => file.Replace("/", "", StringComparison.Ordinal).Contains(version.Description.Sha256, StringComparison.Ordinal);
    }
}
