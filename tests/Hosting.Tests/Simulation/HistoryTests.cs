namespace Platform.Hosting.Tests.Simulation;

/// <summary>
/// Seeded histories on a disk that fails, is full, and loses power: after each death of the process nothing that was acknowledged is lost, and
/// nothing is there by half. The same histories find a bug that is put in.
/// </summary>
public sealed class HistoryTests
{
    [Fact]
    public Task Documents_survive_whatever_a_disk_does() => Histories.RunAsync(seed => new DocumentHistory(seed, DiskFlaw.None).RunAsync());

    [Fact]
    public Task Prediction_records_survive_whatever_a_disk_does() => Histories.RunAsync(seed => new PredictionLogHistory(seed, DiskFlaw.None).RunAsync());

    /// <summary>Of records that were found without a commit, an fsync had failed before the process died.</summary>
    [Fact]
    public Task Prediction_records_survive_a_history_in_which_some_were_lost_once() => new PredictionLogHistory(215, DiskFlaw.None).RunAsync();

    [Fact]
    public Task Artifacts_survive_whatever_a_disk_does() => Histories.RunAsync(seed => new ArtifactHistory(seed, DiskFlaw.None).RunAsync());

    [Theory]
    [InlineData(nameof(DiskFlaw.HidesFailedSyncs))]
    [InlineData(nameof(DiskFlaw.SkipsSyncs))]
    [InlineData(nameof(DiskFlaw.SkipsFolders))]
    public async Task A_bug_that_is_put_in_is_found(string name)
    {
        var flaw = Enum.Parse<DiskFlaw>(name);

        Assert.True(await Histories.FindAsync(seed => new DocumentHistory(seed, flaw).RunAsync()), "by documents");
        Assert.True(await Histories.FindAsync(seed => new PredictionLogHistory(seed, flaw).RunAsync()), "by the prediction log");
        Assert.True(await Histories.FindAsync(seed => new ArtifactHistory(seed, flaw).RunAsync()), "by artifacts");
    }
}
