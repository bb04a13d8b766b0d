package dev.upkeep.infra.spec;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of IPv4 addresses, written in CIDR notation (RFC 4632).
 *
 * @param address the first address, as an unsigned number of 32 bits
 * @param prefix how many bits all addresses share, 0 to 32
 */
public record Ipv4Network(long address, int prefix) {

    private static final Pattern CIDR = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})/(\\d{1,2})");

    private static final int BITS = 32;
    private static final int BYTE = 8;
    private static final int LARGEST_PART = 255;

    /**
     * Checks that the address begins a block of that size.
     *
     * @throws IllegalArgumentException if it does not
     */
    public Ipv4Network {
        if (prefix < 0 || prefix > BITS || address < 0 || address >> BITS != 0) {
            throw new IllegalArgumentException("there is no block of addresses /" + prefix + " at " + address);
        }
        if ((address & ((1L << (BITS - prefix)) - 1)) != 0) {
            throw new IllegalArgumentException("no block of addresses of the size /" + prefix + " begins there");
        }
    }

    /**
     * Reads a block.
     *
     * @param text such as {@code 10.20.0.0/16}
     * @return the block
     * @throws IllegalArgumentException if it is none
     */
    public static Ipv4Network parse(String text) {
        Matcher cidr = CIDR.matcher(text);
        if (!cidr.matches()) {
            throw noBlock(text, "write it like 10.20.0.0/16");
        }
        long address = 0;
        for (int part = 1; part <= 4; part++) {
            int number = Integer.parseInt(cidr.group(part));
            if (number > LARGEST_PART) {
                throw noBlock(text, "each part is at most " + LARGEST_PART);
            }
            address = address << BYTE | number;
        }
        int prefix = Integer.parseInt(cidr.group(5));
        if (prefix > BITS) {
            throw noBlock(text, "what stands behind the slash is at most " + BITS);
        }
        long first = address >> (BITS - prefix) << (BITS - prefix);
        if (first != address) {
            throw noBlock(text, "the block with this address begins at " + new Ipv4Network(first, prefix));
        }
        return new Ipv4Network(address, prefix);
    }

    private static IllegalArgumentException noBlock(String text, String hint) {
        return new IllegalArgumentException("\"" + text + "\" is no block of IPv4 addresses; " + hint);
    }

    /**
     * Whether it lies within one of the blocks of RFC 1918.
     *
     * @return true if no address of it is reached through the internet
     */
    public boolean isPrivate() {
        return address >> 24 == 10 || address >> 20 == (172 << 4 | 1) || address >> 16 == (192 << 8 | 168);
    }

    /**
     * One of the equal parts of this block.
     *
     * @param bits how many parts there are, as a power of two
     * @param index which one, from 0
     * @return the part
     * @throws IllegalArgumentException if there is no such part
     */
    public Ipv4Network part(int bits, int index) {
        if (index < 0 || index >= 1 << bits) {
            throw new IllegalArgumentException("there are " + (1 << bits) + " parts, and none has the number " + index);
        }
        return new Ipv4Network(address | (long) index << (BITS - prefix - bits), prefix + bits);
    }

    @Override
    public String toString() {
        return (address >> 24) + "." + (address >> 16 & LARGEST_PART) + "." + (address >> BYTE & LARGEST_PART) + "."
                + (address & LARGEST_PART) + "/" + prefix;
    }
}
