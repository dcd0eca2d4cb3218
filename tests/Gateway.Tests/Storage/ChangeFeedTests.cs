using Ecert.Gateway.Storage;
using Ecert.V1;

namespace Ecert.Gateway.Tests.Storage;

public sealed class ChangeFeedTests
{
    [Fact]
    public async Task Nothing_is_kept_of_a_record_that_is_none()
    {
        var feed = new ChangeFeed();

        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await foreach (var look in feed.FollowAsync<Payment>(
                "none", "", _ => throw new InvalidOperationException("There is none."), CancellationToken.None))
                Assert.Fail($"A look came: {look}");
        });

        Assert.Equal(0, feed.WatchedCount);
    }

    [Fact]
    public async Task Watcher_that_goes_leaves_the_others_watching()
    {
        var feed = new ChangeFeed();
        var payment = new Payment { AmountFen = 1 };
        await using var staying = Follow(feed, () => payment);
        Assert.True(await staying.MoveNextAsync());
        await using (var going = Follow(feed, () => payment))
            Assert.True(await going.MoveNextAsync());

        payment = new Payment { AmountFen = 2 };
        feed.Publish("p");

        Assert.True(await staying.MoveNextAsync());
        Assert.Equal(2, staying.Current.Message.AmountFen);
        await staying.DisposeAsync();
        Assert.Equal(0, feed.WatchedCount);
    }

    private static IAsyncEnumerator<Look<Payment>> Follow(ChangeFeed feed, Func<Payment> read) =>
        feed.FollowAsync("p", "", _ => Task.FromResult(read()), CancellationToken.None).GetAsyncEnumerator();
}
