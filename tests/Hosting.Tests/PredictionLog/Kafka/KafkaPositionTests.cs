using Platform.Hosting.PredictionLog;
using Platform.Hosting.PredictionLog.Kafka;

namespace Platform.Hosting.Tests.PredictionLog.Kafka;

public sealed class KafkaPositionTests
{
    [Fact]
    public void A_record_whose_number_was_seen_of_its_spool_is_not_new()
    {
        var partition = new PartitionPosition();

        Assert.True(partition.IsNew(new SpoolNumber("a", 5), 100));
        Assert.False(partition.IsNew(new SpoolNumber("a", 5), 101));
        Assert.False(partition.IsNew(new SpoolNumber("a", 4), 102));
        Assert.True(partition.IsNew(new SpoolNumber("b", 1), 103));
        Assert.True(partition.IsNew(new SpoolNumber("a", 9), 104));
        Assert.True(partition.IsNew(null, 105));
    }

    [Fact]
    public void Of_many_spools_those_seen_last_are_remembered()
    {
        var partition = new PartitionPosition();
        for (var spool = 0; spool < 70; spool++) partition.IsNew(new SpoolNumber($"{spool}", 1), spool);

        Assert.Equal(64, partition.Seen.Count);
        Assert.False(partition.IsNew(new SpoolNumber("69", 1), 70));
        Assert.True(partition.IsNew(new SpoolNumber("0", 1), 71));
    }

    [Fact]
    public void A_position_is_read_back_as_it_was_written()
    {
        var position = KafkaPosition.Read(LogPosition.Beginning);
        position[3].Next = 17;
        position[3].IsNew(new SpoolNumber("a", 5), 16);

        var again = KafkaPosition.Read(position.Write());

        Assert.Equal(17, again[3].Next);
        Assert.False(again[3].IsNew(new SpoolNumber("a", 5), 17));
        Assert.Null(again[0].Next);
    }

    [Theory]
    [InlineData("")]
    [InlineData("4711")]
    [InlineData("{oops")]
    public void What_is_no_position_in_the_topic_means_its_beginning(string token) =>
        Assert.Null(KafkaPosition.Read(new LogPosition(token))[0].Next);
}
