using Platform.TestKit;

namespace Platform.Inference.Tests.Recording;

/// <summary>The hashes in the record of a hidden value are worth something only as long as their key stays the same.</summary>
public sealed class RedactionKeyTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    private string Key => _data.File("inference", "redaction.key");

    [Fact]
    public async Task The_key_is_there_before_a_model_is_loaded_and_stays()
    {
        await using (await StartAsync()) Assert.Equal(32, new FileInfo(Key).Length);
        var made = await File.ReadAllBytesAsync(Key);

        await using (await StartAsync()) Assert.Equal(made, await File.ReadAllBytesAsync(Key));
    }

    [Fact]
    public async Task A_service_whose_key_is_empty_does_not_start()
    {
        Directory.CreateDirectory(_data.File("inference"));
        await File.WriteAllBytesAsync(Key, []);

        var refusal = await Assert.ThrowsAsync<InvalidDataException>(StartAsync);

        Assert.Contains("has 0 bytes, not 32", refusal.Message);
    }

    [Fact]
    public async Task A_service_whose_key_is_missing_beside_records_does_not_start()
    {
        Directory.CreateDirectory(_data.File("prediction-log"));
        await File.WriteAllBytesAsync(_data.File("prediction-log", "fasterlog.log.0"), new byte[4096]);

        var refusal = await Assert.ThrowsAsync<InvalidDataException>(StartAsync);

        Assert.Contains("is missing, and there is data that was made with it", refusal.Message);
    }

    public void Dispose() => _data.Dispose();

    private Task<InferenceHost> StartAsync() => InferenceHost.StartAsync(
        _ => { }, KeyValuePair.Create<string, string?>("Storage:Directory", _data.Path));
}
