using System.Globalization;
using Platform.MockKafka;

LoadedLibrary.Use();

// Prints the address, then obeys the lines of its input, confirming each, until the input ends.
var cluster = new MockCluster();
Console.WriteLine(cluster.BootstrapServers);
while (Console.ReadLine()?.Split(' ') is { } command)
{
    Obey(command);
    Console.WriteLine("done");
}

void Obey(string[] command)
{
    switch (command)
    {
        case ["down"]: cluster.TakeDown(); break;
        case ["up"]: cluster.BringUp(); break;
        case ["topic", var name, var partitions]: cluster.CreateTopic(name, Number(partitions)); break;
        case ["delete", var topic, var partition, var before]: cluster.DeleteRecords(topic, Number(partition), Number(before)); break;
        default: throw new ArgumentException($"Unknown command '{string.Join(' ', command)}'.");
    }
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
