using Microsoft.Extensions.Logging.Abstractions;
using MongoDB.Driver;
using Platform.Contracts.Registry;
using Platform.Hosting.Documents;
using Platform.Hosting.Documents.MongoDb;
using Platform.Hosting.Storage;
using Platform.TestKit;

namespace Platform.Hosting.Tests.Documents.MongoDb;

/// <summary>
/// Against the real server that PLATFORM_TEST_MONGODB names, a replica set; where none is named, against
/// <see cref="StandInServer"/>, which is none.
/// </summary>
public sealed class MongoDocumentStoreTests : SharedDocumentStoreConformance
{
    private readonly StandInServer? _standIn;
    private readonly MongoDbOptions _options;

    public MongoDocumentStoreTests()
    {
        var real = Environment.GetEnvironmentVariable("PLATFORM_TEST_MONGODB");
        if (string.IsNullOrEmpty(real)) _standIn = new StandInServer();
        _options = new MongoDbOptions
        {
            ConnectionString = _standIn?.ConnectionString ?? real!,
            DatabasePrefix = $"test_{Guid.NewGuid():n}"[..20] + "_",
            Patience = TimeSpan.FromSeconds(60),
        };
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        using (var client = new MongoClient(_options.ConnectionString)) await client.DropDatabaseAsync(_options.DatabasePrefix + "notes");
        if (_standIn is not null) await _standIn.DisposeAsync();
    }

    protected override IDocumentStore Open() => new MongoDocumentStore(_options, "notes", TimeProvider.System, NullLogger.Instance);

    [Fact]
    public async Task A_document_of_several_megabytes_is_kept()
    {
        var text = string.Concat(Enumerable.Range(0, 2_000_000).Select(i => i % 7919));
        Assert.Null(await Store.CommitAsync(new DocumentBatch().Put("notes", "a", new Note(text), 0), None));

        Assert.Equal(text, (await Store.GetAsync<Note>("notes", "a", None))!.Value.Text);
    }

    [Fact]
    public async Task Time_and_data_of_an_event_are_kept_exactly()
    {
        var before = DateTimeOffset.UtcNow;
        await Store.CommitAsync(new DocumentBatch().Publish("m", new ModelPromoted { Model = "m", Version = "1" }), None);

        var stored = Assert.Single(await Store.ReadEventsAsync(0, 10, None));

        Assert.InRange(stored.At, before, DateTimeOffset.UtcNow);
    }
}
