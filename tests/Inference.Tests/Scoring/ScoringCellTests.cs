using Platform.TestModels;

namespace Platform.Inference.Tests.Scoring;

/// <summary>Cells of booleans and whole numbers come back as what the model has read, in whichever notation they came.</summary>
public sealed class ScoringCellTests : IAsyncLifetime
{
    private static readonly object?[] Flags = [true, true, false, true, false], Codes = [9007199254740993, 12345678901234567, 1000L, -7L, 1L];

    private InferenceHost _host = null!;

    public async Task InitializeAsync() => _host = await InferenceHost.StartAsync(registry => registry.Deploy("typed", "1", TinyModels.FlagAndCode()));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Of_csv() =>
        await AssertSameAsync("flag,code\ntrue,+9007199254740993\n True,00012345678901234567\nFALSE,1e3\n1,-007\n0,1.0\n", "rows.csv");

    [Fact]
    public async Task Of_lines() => await AssertSameAsync("""
        {"flag":true,"code":9007199254740993}
        {"flag":true,"code":12345678901234567}
        {"flag":false,"code":1e3}
        {"flag":1,"code":-7.0}
        {"flag":0,"code":1.0}
        """, "rows.ndjson");

    private async Task AssertSameAsync(string file, string name)
    {
        var id = await _host.Http.ScoredAsync("typed", file, name);
        await _host.Http.EndedAsync(id);

        var result = await _host.Http.ParquetAsync(id);

        Assert.Equal(Flags, result["flag"]);
        Assert.Equal(Codes, result["code"]);
        Assert.Equal(Flags, result["same_flag"]);
        Assert.Equal(Codes, result["same_code"]);
    }
}
