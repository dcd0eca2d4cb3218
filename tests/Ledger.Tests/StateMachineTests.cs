using Ecert.Kernel;

namespace Ecert.Ledger.Tests;

public sealed class StateMachineTests
{
    private const string Books =
        """
        account fund 1001 debit -> created
        account hospital 2101 credit -> created
        account citizen 2001 credit debits<=credits -> created
        account float 1101 debit credits<=debits -> created
        transfer OPEN fund citizen 100.00 topup/1 -> created

        """;

    [Fact]
    public void Single_transfers_move_money_at_once() => Script.Run(Books +
        """
        transfer T1 citizen hospital 30.00 -> created
        transfer T2 fund hospital 70.00 -> created
        balances citizen debits 30.00 + 0.00 pending credits 100.00 + 0.00 pending
        balances hospital debits 0.00 + 0.00 pending credits 100.00 + 0.00 pending
        balances fund debits 170.00 + 0.00 pending credits 0.00 + 0.00 pending
        """);

    [Fact]
    public void Replays_answer_exists_and_do_nothing_more() => Script.Run(Books +
        """
        transfer T1 citizen hospital 30.00 -> created
        transfer T1 citizen hospital 30.00 -> exists
        transfer T1 citizen hospital 30.01 -> exists_with_different_content
        transfer T1 citizen fund 30.00 -> exists_with_different_content
        transfer T1 citizen hospital 30.00 settlement/S2 -> exists_with_different_content
        transfer T1 citizen hospital 30.00 pending 15m -> exists_with_different_content
        post T1 OPEN -> exists_with_different_content
        balances citizen debits 30.00 + 0.00 pending credits 100.00 + 0.00 pending
        """);

    [Fact]
    public void Accounts_open_once() => Script.Run(
        """
        account A 1 debit -> created
        account A 1 debit -> exists
        account A 2 debit -> exists_with_different_content
        account A 1 credit -> exists_with_different_content
        account A 1 debit debits<=credits -> exists_with_different_content
        account B 0 debit -> content_invalid
        """);

    [Fact]
    public void Pending_money_is_reserved_then_posted() => Script.Run(Books +
        """
        transfer T1 citizen hospital 30.00 pending 15m -> created
        balances citizen debits 0.00 + 30.00 pending credits 100.00 + 0.00 pending
        balances hospital debits 0.00 + 0.00 pending credits 0.00 + 30.00 pending
        transfer T2 citizen hospital 70.01 -> exceeds_credits
        post P1 T1 -> created
        balances citizen debits 30.00 + 0.00 pending credits 100.00 + 0.00 pending
        balances hospital debits 0.00 + 0.00 pending credits 30.00 + 0.00 pending
        post P1 T1 -> exists
        post P1 T1 30.00 -> exists
        post P1 T1 29.00 -> exists_with_different_content
        post P2 T1 -> pending_already_posted
        void V1 T1 -> pending_already_posted
        """);

    [Fact]
    public void A_part_is_posted_and_the_rest_released() => Script.Run(Books +
        """
        transfer T1 citizen hospital 30.00 pending 15m -> created
        post P0 T1 30.01 -> pending_has_different_amount
        post P0 T1 -1.00 -> amount_not_positive
        post P1 T1 10.00 -> created
        balances citizen debits 10.00 + 0.00 pending credits 100.00 + 0.00 pending
        balances hospital debits 0.00 + 0.00 pending credits 10.00 + 0.00 pending
        """);

    [Fact]
    public void A_void_releases_and_happens_once() => Script.Run(Books +
        """
        transfer T1 citizen hospital 30.00 pending 15m -> created
        void V1 T1 -> created
        void V1 T1 -> exists
        void V2 T1 -> pending_already_voided
        post P1 T1 -> pending_already_voided
        void V3 NONE -> pending_not_found
        void V3 OPEN -> pending_not_found
        balances citizen debits 0.00 + 0.00 pending credits 100.00 + 0.00 pending
        balances hospital debits 0.00 + 0.00 pending credits 0.00 + 0.00 pending
        """);

    [Fact]
    public void Pending_expires_with_the_clock() => Script.Run(Books +
        """
        transfer T1 citizen hospital 30.00 pending 15m -> created
        transfer T2 citizen hospital 20.00 pending 30m -> created
        tick 14m
        balances citizen debits 0.00 + 50.00 pending credits 100.00 + 0.00 pending
        tick 1m
        balances citizen debits 0.00 + 20.00 pending credits 100.00 + 0.00 pending
        post P1 T1 -> pending_expired
        void V1 T1 -> pending_expired
        post P2 T2 -> created
        tick 16m
        balances citizen debits 20.00 + 0.00 pending credits 100.00 + 0.00 pending
        transfer T1 citizen hospital 30.00 pending 15m -> exists
        """);

    [Fact]
    public void Limits_hold_for_their_own_side() => Script.Run(Books +
        """
        transfer T1 citizen hospital 100.01 -> exceeds_credits
        transfer T2 citizen hospital 100.00 -> created
        transfer T3 citizen hospital 0.01 -> exceeds_credits
        transfer T4 hospital float 0.01 -> exceeds_debits
        transfer T5 float hospital 5.00 -> created
        transfer T6 hospital float 5.01 -> exceeds_debits
        transfer T7 hospital float 2.00 pending 1h -> created
        transfer T8 hospital float 3.01 -> exceeds_debits
        transfer T9 hospital float 3.00 -> created
        """);

    [Fact]
    public void Credits_still_pending_cannot_be_spent() => Script.Run(Books +
        """
        account relative 2001 credit debits<=credits -> created
        transfer T1 citizen relative 40.00 pending 1h -> created
        transfer T2 relative hospital 10.00 -> exceeds_credits
        post P1 T1 -> created
        transfer T2 relative hospital 10.00 -> created
        """);

    [Fact]
    public void Linked_transfers_are_booked_all_or_none() => Script.Run(Books +
        """
        transfer T1 fund hospital 50.00 linked -> linked_failed
        transfer T2 citizen hospital 100.01 linked -> exceeds_credits
        transfer T3 fund hospital 1.00 -> linked_failed
        balances fund debits 100.00 + 0.00 pending credits 0.00 + 0.00 pending
        transfer T1 fund hospital 50.00 linked -> created
        transfer T2 citizen hospital 99.00 linked -> created
        transfer T3 fund hospital 1.00 -> created
        transfer T1 fund hospital 50.00 linked -> exists
        transfer T2 citizen hospital 99.00 -> exists
        balances hospital debits 0.00 + 0.00 pending credits 150.00 + 0.00 pending
        """);

    [Fact]
    public void A_failed_chain_gives_back_what_it_posted() => Script.Run(Books +
        """
        transfer T1 citizen hospital 30.00 pending 15m -> created
        post P1 T1 linked -> linked_failed
        transfer T2 citizen hospital 500.00 -> exceeds_credits
        balances citizen debits 0.00 + 30.00 pending credits 100.00 + 0.00 pending
        tick 15m
        balances citizen debits 0.00 + 0.00 pending credits 100.00 + 0.00 pending
        """);

    [Fact]
    public void Bad_transfers_are_refused_by_name() => Script.Run(Books +
        """
        transfer T1 nobody hospital 1.00 -> debit_account_not_found
        transfer T1 fund nobody 1.00 -> credit_account_not_found
        transfer T1 fund fund 1.00 -> same_account
        transfer T1 fund hospital 0.00 -> amount_not_positive
        transfer T1 fund hospital -1.00 -> amount_not_positive
        transfer T1 fund hospital 1.00 pending 0s -> timeout_invalid
        transfer T1 fund hospital 1.00 pending 0.0000001s -> timeout_invalid
        transfer T1 fund hospital 1.00 pending 367d -> timeout_invalid
        transfer T1 fund hospital 1.00 settlement/ -> business_record_invalid
        transfer T1 fund hospital 1.00 /S1 -> business_record_invalid
        """);

    [Fact]
    public void Sums_never_leave_sixty_four_bits() => Script.Run(Books +
        """
        transfer T1 fund hospital 92233720368547658.07 -> created
        transfer T2 fund hospital 0.01 -> overflow
        transfer T3 fund hospital 0.01 pending 1h -> overflow
        """);

    [Fact]
    public void A_reversal_is_a_transfer_the_other_way()
    {
        var machine = Script.Run(Books + "transfer T1 citizen hospital 30.00 -> created");
        var first = machine.FindTransfer("T1")!.Transfer;
        var now = new DateTimeOffset(2026, 11, 2, 2, 0, 0, TimeSpan.Zero);

        var outcome = machine.Apply([first.Reverse("R1", 2), first.Reverse("R2", 2, new Money(1))], now);

        Assert.Equal([TransferOutcome.Created, TransferOutcome.Created], outcome);
        Assert.Equal(first, machine.FindTransfer("T1")!.Transfer);
        Assert.Equal(new Money(100_01), machine.FindAccount("citizen")!.Available);
        Assert.Equal(new Money(-1), machine.FindAccount("hospital")!.Posted);
    }

    [Fact]
    public void A_chain_without_its_end_is_refused()
    {
        var machine = Script.Run(Books);
        var open = Transfer.Single("T1", "fund", "hospital", new Money(1), 1, "a/b") with { Linked = true };

        var outcomes = machine.Apply([open with { Id = "T0", Linked = false }, open], DateTimeOffset.UnixEpoch);

        Assert.Equal([TransferOutcome.Created, TransferOutcome.LinkedChainOpen], outcomes);
        Assert.Null(machine.FindTransfer("T1"));
    }

    [Fact]
    public void A_post_that_names_other_accounts_is_refused()
    {
        var machine = Script.Run(Books + "transfer T1 citizen hospital 30.00 pending 15m -> created");
        var post = Transfer.Post("P1", "T1", 1, "a/b") with { CreditAccount = "fund" };

        var outcome = machine.Apply([post], new DateTimeOffset(2026, 11, 2, 1, 0, 0, TimeSpan.Zero));

        Assert.Equal([TransferOutcome.PendingHasDifferentAccounts], outcome);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("张三")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public void Ids_are_one_to_sixty_four_of_printable_ascii(string id) =>
        Assert.Equal(
            AccountOutcome.IdInvalid,
            new StateMachine().Open(new Account(id, 1, NormalSide.Debit, BalanceLimit.None)));
}
