using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Hosting.Documents;
using Platform.Hosting.Documents.Files;
using Platform.Hosting.Documents.Servers;
using Platform.Hosting.Documents.Sqlite;
using Platform.Hosting.Storage;
using Platform.TestKit;

namespace Platform.Hosting.Tests.Documents.Sqlite;

public sealed class SqliteWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteSession _session;
    private readonly StoreDamage _damage;
    private readonly SqliteWriter _writer;

    public SqliteWriterTests()
    {
        var path = _folder.File("documents.db");
        _session = SqliteSession.Open(path, SqliteOpenMode.ReadWriteCreate);
        SqliteSchema.Prepare(_session, path);
        _damage = new StoreDamage(_folder.Path, new DurableFiles(), TimeProvider.System, NullLogger.Instance);
        _writer = new SqliteWriter(_session, _damage, SqliteAccount.Read(_session, _damage));
    }

    public void Dispose()
    {
        _writer.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_reader_that_has_seen_a_damaged_document_does_not_remove_the_whole_one_that_is_there_since()
    {
        await CommitAsync(new DocumentBatch().Put("notes", "a", "old", 0));
        _session.Execute("update documents set value = $1", "\"bad\"");
        await CommitAsync(new DocumentBatch().Put("notes", "a", "new", 0)); // sets the damaged one aside itself

        _writer.SetAside("notes", SqliteText.Of("a"));

        Assert.Equal("\"new\"", _session.Read("select value from documents", row => row.GetString(0)).Single());
        Assert.Equal(SqliteCount.Of(_session, "notes"), _writer.Account.Collections["notes"]);
    }

    [Fact]
    public async Task A_damaged_document_is_set_aside_once()
    {
        await CommitAsync(new DocumentBatch().Put("notes", "a", "old", 0).Put("notes", "b", "other", 0));
        _session.Execute("update documents set value = $1 where id = $2", "\"bad\"", SqliteText.Of("a"));

        _writer.SetAside("notes", SqliteText.Of("a"));
        _writer.SetAside("notes", SqliteText.Of("a"));

        Assert.Equal("\"other\"", _session.Read("select value from documents", row => row.GetString(0)).Single());
        Assert.Equal(SqliteCount.Of(_session, "notes"), _writer.Account.Collections["notes"]);
        Assert.Single(_damage.Findings);
    }

    private async Task CommitAsync(DocumentBatch batch) => Assert.Null(await _writer.CommitAsync(new BatchPlan(batch, TimeProvider.System.GetUtcNow())));
}
