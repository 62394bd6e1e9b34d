using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Hosting.Documents.Sqlite;
using Platform.Hosting.Storage;
using Platform.TestKit;
using SQLitePCL;

namespace Platform.Hosting.Tests.Documents.Sqlite;

/// <summary>What SQLite says of a disk is told as the other stores tell it.</summary>
public sealed class SqliteFaultsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Database => _folder.File("documents.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_that_cannot_grow_is_a_full_disk_and_nothing_of_the_transaction_is_there()
    {
        using var session = SqliteSession.Open(Database, SqliteOpenMode.ReadWriteCreate);
        SqliteSchema.Prepare(session, Database);
        session.Execute("pragma max_page_count = 20");

        var fault = Assert.ThrowsAny<IOException>(() => session.InTransaction(() =>
        {
            SqliteCommit.Insert(session, "notes", SqliteText.Of("a"), 1, new Dictionary<string, string>(), "1");
            SqliteCommit.Insert(session, "notes", SqliteText.Of("b"), 1, new Dictionary<string, string>(), new string('1', 1_000_000));
        }));

        Assert.True(StorageFaults.IsFull(fault));
        Assert.False(session.IsInTransaction);
        Assert.Equal(0, session.Read("select count(*) from documents", row => row.GetInt64(0)).Single());
    }

    [Fact]
    public void A_disk_that_may_only_be_read_cannot_be_used()
    {
        using (var session = SqliteSession.Open(Database, SqliteOpenMode.ReadWriteCreate)) SqliteSchema.Prepare(session, Database);
        using var readOnly = SqliteSession.Open(Database, SqliteOpenMode.ReadOnly);

        var fault = Assert.ThrowsAny<IOException>(() => readOnly.Execute("insert into account (name, count, sum, seal) values ('a', 1, 1, 1)"));

        Assert.True(StorageFaults.IsUnusable(fault));
    }

    [Fact]
    public void A_file_that_cannot_be_opened_is_told_by_its_name()
    {
        var fault = Assert.ThrowsAny<IOException>(() => SqliteSession.Open(_folder.File("none", "documents.db"), SqliteOpenMode.ReadWriteCreate));

        Assert.Contains("documents.db", fault.Message);
    }

    [Theory]
    [InlineData(raw.SQLITE_BUSY)]
    [InlineData(raw.SQLITE_LOCKED)]
    [InlineData(raw.SQLITE_PROTOCOL)]
    [InlineData(raw.SQLITE_NOMEM)]
    public void What_may_pass_is_told_as_a_disk_that_cannot_be_used_now(int code)
    {
        using var connection = new SqliteConnection();

        var fault = SqliteFaults.Of(new SqliteException("it is locked", code), connection, Database);

        Assert.True(StorageFaults.IsUnusable(Assert.IsType<IOException>(fault)));
    }

    [Fact]
    public async Task A_folder_is_let_go_of_though_it_cannot_be_said_that_it_is_closed()
    {
        var store = SqliteDocumentStore.Open(_folder.Path, new DurableFiles(), TimeProvider.System, NullLogger.Instance);
        File.Delete(_folder.File("documents.state"));
        Directory.CreateDirectory(_folder.File("documents.state")); // in whose place no file can be put, and which is not removed as one

        await store.DisposeAsync();

        using var free = FolderLock.Take(_folder.Path);
    }

    [Fact]
    public void A_file_that_is_none_of_SQLite_s_is_damage_and_stays()
    {
        File.WriteAllText(Database, new string('x', 10_000));

        var fault = Assert.ThrowsAny<IOException>(() => SqliteDocumentStore.Open(_folder.Path, new DurableFiles(), TimeProvider.System, NullLogger.Instance));

        Assert.True(StorageFaults.IsUnusable(fault));
        Assert.Contains("backup", fault.Message);
        Assert.Equal(10_000, new FileInfo(Database).Length);
        using var free = FolderLock.Take(_folder.Path);
    }
}
