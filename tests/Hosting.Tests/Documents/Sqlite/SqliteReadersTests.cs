using Microsoft.Data.Sqlite;
using Platform.Hosting.Documents.Sqlite;
using Platform.TestKit;

namespace Platform.Hosting.Tests.Documents.Sqlite;

public sealed class SqliteReadersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteReaders _readers;

    public SqliteReadersTests()
    {
        var path = _folder.File("documents.db");
        using (var session = SqliteSession.Open(path, SqliteOpenMode.ReadWriteCreate)) SqliteSchema.Prepare(session, path);
        _readers = new SqliteReaders(path);
    }

    public void Dispose()
    {
        _readers.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task After_many_reads_at_once_few_connections_stay()
    {
        for (var round = 0; round < 3; round++)
        {
            var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var reads = Enumerable.Range(0, 3 * SqliteReaders.MostIdle).Select(_ => _readers.RunAsync(async session =>
            {
                await goOn.Task;
                return session.Read("select count(*) from documents", row => row.GetInt64(0)).Single();
            })).ToList();
            goOn.SetResult();

            Assert.All(await Task.WhenAll(reads), count => Assert.Equal(0, count));
            Assert.Equal(SqliteReaders.MostIdle, _readers.Idle);
        }
    }

    [Fact]
    public async Task One_that_fails_amid_a_transaction_is_not_given_to_the_next()
    {
        await Assert.ThrowsAsync<OperationCanceledException>(() => _readers.RunAsync<int>(session =>
        {
            session.BeginReading();
            throw new OperationCanceledException();
        }));

        Assert.Equal(0, _readers.Idle);
        Assert.False(_readers.Run(session => session.IsInTransaction));
    }
}
