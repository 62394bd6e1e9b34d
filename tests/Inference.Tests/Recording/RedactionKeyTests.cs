using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Platform.Contracts.Registry;
using Platform.Hosting.Documents;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Inference.Tests.Recording;

/// <summary>The hashes in the record of a hidden value are worth something only as long as their key stays the same, on every replica.</summary>
public sealed class RedactionKeyTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task The_key_stays_after_a_restart()
    {
        var before = await HashAsync(In(_data.File("data")));
        Assert.Equal(before, await HashAsync(In(_data.File("data"))));
    }

    [Fact]
    public async Task The_key_of_a_former_replicas_file_goes_on()
    {
        Directory.CreateDirectory(_data.File("inference"));
        await File.WriteAllBytesAsync(_data.File("inference", "redaction.key"), Key(7));

        Assert.Equal(await HashAsync(GivenAsFile(7)), await HashAsync(In(_data.Path)));
    }

    [Fact]
    public async Task Replicas_that_are_given_the_same_key_hash_alike_and_others_do_not()
    {
        var one = await HashAsync(GivenAsFile(1));
        var (again, other) = (await HashAsync(GivenAsFile(1)), await HashAsync(GivenAsFile(2)));

        Assert.Equal(one, again);
        Assert.NotEqual(IdOf(one), IdOf(other));
        Assert.NotEqual(one.Split(':')[1], other.Split(':')[1]);
    }

    [Fact]
    public async Task Another_name_begins_another_key_and_the_former_name_has_the_former_key()
    {
        var data = In(_data.Path);
        var first = await HashAsync(data);
        var second = await HashAsync(data, new("Inference:Recording:RedactionKey", "2027"));

        Assert.NotEqual(IdOf(first), IdOf(second));
        Assert.Equal(first, await HashAsync(data));
    }

    [Fact]
    public async Task The_key_is_kept_with_the_documents_that_all_replicas_share()
    {
        await using var host = await StartAsync(In(_data.Path));
        var documents = host.Services.GetRequiredKeyedService<IDocumentStore>(InferenceService.Name);
        Assert.NotNull(await documents.GetAsync<object>("secrets", "redaction-1", CancellationToken.None));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(4097)]
    public async Task A_key_file_of_another_length_stops_the_start_and_is_not_quoted(int bytes)
    {
        var secret = string.Concat(Enumerable.Repeat("s3cr3t", 1 + bytes / 6))[..bytes];
        await File.WriteAllTextAsync(_data.File("short"), secret);

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(KeyFile(_data.File("short"))));

        Assert.Contains($"must have 32 to 4096 bytes; it has {bytes}", refusal.Message);
        Assert.DoesNotContain("s3cr3t", refusal.Message);
    }

    [Fact]
    public async Task A_key_file_that_is_missing_stops_the_start() =>
        await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(KeyFile(_data.File("nowhere"))));

    private static KeyValuePair<string, string?> KeyFile(string path) => new("Inference:Recording:RedactionKeyFile", path);

    private static KeyValuePair<string, string?> In(string folder) => new("Storage:Directory", folder);

    private KeyValuePair<string, string?> GivenAsFile(byte number)
    {
        var path = _data.File($"key-{number}");
        File.WriteAllBytes(path, Key(number));
        return KeyFile(path);
    }

    private static byte[] Key(byte number) => [.. Enumerable.Range(0, 32).Select(i => (byte)(number * 31 + i))];

    private static string IdOf(string hash) => hash.Split(':')[0];

    /// <summary>The hash of one value, as a service of these settings records it last.</summary>
    private static async Task<string> HashAsync(params KeyValuePair<string, string?>[] settings)
    {
        await using var host = await StartAsync(settings);
        var id = Guid.NewGuid().ToString();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/models/m/infer")
        {
            Content = new StringContent("""{"inputs":[{"name":"x","shape":[1],"datatype":"BYTES","data":["Ana"]}]}""", Encoding.UTF8, "application/json"),
            Headers = { { "x-prediction-id", id } },
        };
        await host.Http.SendAsync(request).JsonAsync();
        var records = await host.ReadLogAsync(records => records.Exists(record => record.Id == id));
        return records.Single(record => record.Id == id).Data.Inputs[0].Data[0].GetString()!;
    }

    private static Task<InferenceHost> StartAsync(params KeyValuePair<string, string?>[] settings) => InferenceHost.StartAsync(
        registry => registry.Deploy("m", "1", TinyModels.Identity(Onnx.Tensors.Datatype.Bytes, "n"),
            metadata: new VersionMetadata { Logging = new() { Redact = [new() { Feature = "x", As = "hash" }] } }),
        settings);
}
