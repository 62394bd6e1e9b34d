using Platform.Hosting.Documents;
using Platform.Hosting.Work;

namespace Platform.Inference.Tests.Jobs;

/// <summary>A job that ended and whose end could not be stored is not given up, or it would be begun again and recorded twice.</summary>
public sealed class StoringTests
{
    [Fact]
    public void While_a_disk_is_full_or_a_database_away_the_end_of_a_job_is_stored_again_however_often_that_takes()
    {
        Assert.True(WorkStoring.IsRepeated(10_000, new IOException("No space left on device")));
        Assert.True(WorkStoring.IsRepeated(10_000, new UnauthorizedAccessException()));
        Assert.True(WorkStoring.IsRepeated(10_000, new DocumentsUnavailableException(new TimeoutException())));
    }

    [Fact]
    public void What_fails_for_another_reason_is_given_up_after_some_attempts()
    {
        Assert.True(WorkStoring.IsRepeated(1, new InvalidOperationException()));
        Assert.False(WorkStoring.IsRepeated(10, new InvalidOperationException()));
    }
}
